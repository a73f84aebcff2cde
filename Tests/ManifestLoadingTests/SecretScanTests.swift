import Foundation
import TestSupport
import Testing

@testable import ManifestLoading

@Suite("What looks like a key")
struct SecretScanTests {
    static let innocent = [
        "You write for a small roastery. No hype, no exclamation marks.",
        "あなたは在庫管理サービス「柿帳」の公式アカウントの編集者です。専門用語には短い説明を添えてください。",
        "L’été dernier, le musée a réouvert ses salles permanentes : anticonstitutionnellement.",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "HUDSON_ROASTERS_X_ACCESS_TOKEN_SECRET_2026_ROTATED_TWICE",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "123e4567-e89b-12d3-a456-426614174000",
        "knowledge/2026/Autumn-Menu/espresso-and-filter/v2/README-First.md",
        "https://hudsonroasters.example/Shop/Autumn-2026/Single-Origin/Ethiopia-Guji-250g?ref=x",
        "https://www.musee-du-cadran.example/fr/visite/Programme-Saison-2026-2027.html",
        "com.example.AccountManagerFactoryBean.createDefaultInstance",
        "accessTokenSecretReferenceOfTheTenant",
        "sk-learn-and-other-libraries-of-2026", "eyJafjallajokull", "AIza means nothing",
        "0123456789012345678901234567890123456789", "====================================",
        "The lighthouse-keeper's-daughter-in-law", "2026-12-24T12:00/2026-12-26",
        "2026-11-23T09:00:00+01:00/2026-11-24T09:00:00+01:00", "@hoshigaki_soft",
        "gpt-4o-mini-2024-07-18",
        "text-embedding-3-small", "Europe/Paris,America/Argentina/Buenos_Aires,America/New_York",
    ]

    static let keys = [
        "xvz1evFS4wEEPTGEFPHBog3qL", "3qvNzQxHuRZ9CwmmEhTfK7bYp",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
        "1234567890123456789-AbCdEfGhIjKlMnOpQrStUvWxYz0123",
        "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "sk-proj-Xk29sLqP0vTzR8mWn4YbHc6JdFg1UaEo", "sk-1f3a5c7e9b1d3f5a7c9e1b3d5f7a9c1e",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "AKIAIOSFODNN7EXAMPLE",
        "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "xoxb-123456789012-abcdef",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxIn0.sig",
        "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
        "-----BEGIN OPENSSH PRIVATE KEY-----", "VGhpcyBpc+BhIHNlY3/ldCBrZXkg+GZvciB0ZXN/",
    ]

    @Test("is not ordinary text", arguments: innocent)
    func innocence(_ text: String) {
        #expect(!SecretScan.looksLikeKey(text))
    }

    @Test("is a key, alone and inside a sentence", arguments: keys)
    func guilt(_ key: String) {
        #expect(SecretScan.looksLikeKey(key))
        #expect(SecretScan.looksLikeKey("please use \(key), thanks"))
        #expect(!SecretScan.hiding("please use \(key), thanks").contains(key))
    }

    @Test("is nothing in the project's examples")
    func examples() throws {
        for file in try FleetFolder.examples.files(below: "") {
            let text = String(decoding: file.bytes ?? [], as: UTF8.self)
            for line in text.split(separator: "\n") where SecretScan.looksLikeKey(String(line)) {
                Issue.record("\(file.path): \(line)")
            }
        }
    }

    @Test("is found in nearly every random key of the services' forms")
    func recall() {
        var random = SplitMix64(seed: SplitMix64.seed)
        for form in PlantedSecret.Form.allCases where form != .password {
            let tries = 2_000
            let found = (0..<tries).count { _ in
                SecretScan.looksLikeKey(PlantedSecret(form, using: &random).text)
            }
            #expect(Double(found) / Double(tries) > 0.995, "\(form), seed \(SplitMix64.seed)")
        }
    }
}
