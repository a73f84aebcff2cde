/// The parts of the reference page that no table says.
enum ReferenceText {
    static let opening = """
        # Manifest reference

        Every file of a fleet is YAML; a file may hold several documents, parted by `---`. This page is made from the
        definitions that the loader itself reads. `clara schema` prints the same as a JSON Schema, for editors.

        Every document has four fields: `apiVersion: clara.dev/v1`, `kind`, `metadata` and `spec`.

        | field | type | required | meaning |
        |---|---|---|---|
        | `metadata.name` | name | yes | The resource's name, unique for its kind within the tenant. |
        | `metadata.labels` | mapping to text |  | Words to group resources by. |
        | `metadata.tenant` | name |  | The tenant; it follows from the folder and must equal it. |

        The tenant of a resource is the folder that its file stands in, `tenants/<tenant>/`. The folder's name is a name as
        in [Formats](#formats). Only files of the folder itself are read as manifests, not those of folders below it.

        """

    static let profileFields = """
        | field | type | required | default | meaning |
        |---|---|---|---|---|
        | `Tenant`, `Credential`, `Quota`, `KnowledgeBase`, `Prompt`, `Schedule` | mapping |  |  | Any part of that kind's `spec`. See [How profiles merge](#how-profiles-merge). |

        """

    static let profiles = """
        ## How profiles merge

        A tenant names its profile in `Tenant.spec.profile`. The profile's section for a kind is merged under every
        resource of that kind as a JSON merge patch does it (RFC 7396), with the manifest as the patch:

        - a value in the manifest wins over the profile's;
        - mappings are merged field by field, to any depth;
        - a list in the manifest replaces the profile's list as a whole, and `[]` takes it away;
        - `null` in the manifest removes the profile's value: with `cron: "0 9 * * *"` in the profile, a schedule that has
          `slots` of its own writes `cron: null`;
        - a secret reference is one value: `{file: x-token}` replaces the profile's `{env: ACME_X_KEY}`;
        - what is required may come from either side.

        After the profile, time zones are inherited: a schedule's from its tenant, a tenant's from the fleet's
        `defaults.timezone`. Other defaults are never written into a resource. An error in a profile is reported once, in the
        profile, and blocks only the tenants that extend it.

        """

    static let secrets = """
        ## Secrets

        A manifest never holds a secret, only a reference to one:

        - `{env: NAME}` is an environment variable of the controller. A tenant may name those that begin with its own name
          in capitals (`acme-coffee`: `ACME_COFFEE_…`), unless another tenant's longer name owns them. `secrets.perTenant`
          in `fleet.yaml` replaces that rule for one tenant, `secrets.env` allows variables to all. Variables that begin with
          `CLARA_` are Clara's own and are never allowed.
        - `{file: name}` is a file below `CLARA_SECRETS_DIR/<tenant>`, never one of the repository.

        `baseURL` names a host that `hosts` in `fleet.yaml` lists, so that a merged manifest cannot send a key elsewhere.

        A value in place of a reference is an error, and so is anything that looks like a key in any other field: what begins
        like the keys of well-known services, and long runs of mixed letters and digits. Hexadecimal text (git's ids,
        digests) is let through. No message shows such a value; the line is shown with it hidden. What was pushed is to be
        revoked, not only removed.

        """

    static let strictness = """
        ## Strictness

        Nothing is guessed and nothing is ignored. An unknown field, a wrong type, a duplicate key or resource, a name that
        nothing bears, a time zone that does not exist, a schedule that never fires, a file over 1 MiB: each is an error with
        its file, line and column. All errors of all tenants are reported in one run. A tenant with an error is blocked: its
        live state is left exactly as it is, and no other tenant is held up.

        Plain scalars follow YAML 1.2: only `true` and `false` are booleans. `yes`, `no`, `on`, `off`, `0x1F` and `12:30`
        are text, so a field that takes a number or a boolean refuses them, and a field that takes any scalar (`variables`,
        `filter`, a source's `metadata`) asks for quotes.

        """

    static let codes = """
        ## Codes

        What `--format json`, `github` and `sarif` call each problem. Mistakes in the YAML itself have codes that begin
        with `yaml-`.


        """
}
