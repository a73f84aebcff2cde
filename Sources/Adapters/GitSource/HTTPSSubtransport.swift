internal import CGit2
internal import HTTPTransport

// libgit2's smart protocol over HTTPTransport, since the library's own HTTPS is built without TLS
// 1.3. The three parts that libgit2 sees: a transport for the remote, its sub-transport, and a
// stream for each request.

/// Makes the transport of a remote; the payload is its ``RemoteSession``.
let httpsTransport:
    @convention(c) (
        UnsafeMutablePointer<UnsafeMutablePointer<git_transport>?>?, OpaquePointer?,
        UnsafeMutableRawPointer?
    ) -> Int32 = { out, owner, payload in
        var definition = git_smart_subtransport_definition()
        definition.callback = makeSubtransport
        // Each request of the protocol is one HTTP request; the server keeps no state between them.
        definition.rpc = 1
        definition.param = payload
        return git_transport_smart(out, owner, &definition)
    }

private let makeSubtransport: git_smart_subtransport_cb = { out, _, payload in
    guard let out, let session = RemoteSession.of(payload) else { return GIT_EUSER.rawValue }
    do throws(GitError) {
        let conversation = try HTTPSConversation(session)
        let made = UnsafeMutablePointer<clara_git_subtransport>.allocate(capacity: 1)
        made.initialize(
            to: clara_git_subtransport(
                parent: git_smart_subtransport(
                    action: openStream,
                    close: { _ in 0 },
                    free: freeSubtransport
                ),
                context: Unmanaged.passRetained(conversation).toOpaque()
            )
        )
        out.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(
            to: git_smart_subtransport.self
        )
        return 0
    } catch {
        return session.fail(error)
    }
}

private let freeSubtransport:
    @convention(c) (UnsafeMutablePointer<git_smart_subtransport>?) -> Void =
        { pointer in
            guard let made = subtransport(pointer) else { return }
            Unmanaged<HTTPSConversation>.fromOpaque(made.pointee.context).release()
            made.deallocate()
        }

private let openStream:
    @convention(c) (
        UnsafeMutablePointer<UnsafeMutablePointer<git_smart_subtransport_stream>?>?,
        UnsafeMutablePointer<git_smart_subtransport>?, UnsafePointer<CChar>?, git_smart_service_t
    ) -> Int32 = { out, pointer, _, service in
        guard let out, let owner = subtransport(pointer) else { return GIT_EUSER.rawValue }
        let conversation = Unmanaged<HTTPSConversation>.fromOpaque(owner.pointee.context)
            .takeUnretainedValue()
        let exchange = HTTPSExchange(
            in: conversation,
            asksForRefs: service == GIT_SERVICE_UPLOADPACK_LS
        )
        let made = UnsafeMutablePointer<clara_git_stream>.allocate(capacity: 1)
        made.initialize(
            to: clara_git_stream(
                parent: git_smart_subtransport_stream(
                    subtransport: pointer,
                    read: readStream,
                    write: writeStream,
                    free: freeStream
                ),
                context: Unmanaged.passRetained(exchange).toOpaque()
            )
        )
        out.pointee = UnsafeMutableRawPointer(made).assumingMemoryBound(
            to: git_smart_subtransport_stream.self
        )
        return 0
    }

private let readStream:
    @convention(c) (
        UnsafeMutablePointer<git_smart_subtransport_stream>?, UnsafeMutablePointer<CChar>?, Int,
        UnsafeMutablePointer<Int>?
    ) -> Int32 = { stream, buffer, size, count in
        guard let exchange = exchange(stream), let count else { return GIT_EUSER.rawValue }
        do throws(GitError) {
            count.pointee = try exchange.read(
                into: UnsafeMutableRawBufferPointer(start: buffer, count: size)
            )
            return 0
        } catch {
            return exchange.conversation.session.fail(error)
        }
    }

private let writeStream:
    @convention(c) (
        UnsafeMutablePointer<git_smart_subtransport_stream>?, UnsafePointer<CChar>?, Int
    ) -> Int32 = { stream, bytes, count in
        guard let exchange = exchange(stream) else { return GIT_EUSER.rawValue }
        exchange.write(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
    }

private let freeStream:
    @convention(c) (UnsafeMutablePointer<git_smart_subtransport_stream>?) -> Void =
        { pointer in
            guard let pointer else { return }
            let made = UnsafeMutableRawPointer(pointer).assumingMemoryBound(
                to: clara_git_stream.self
            )
            Unmanaged<HTTPSExchange>.fromOpaque(made.pointee.context).release()
            made.deallocate()
        }

private func subtransport(
    _ pointer: UnsafeMutablePointer<git_smart_subtransport>?
) -> UnsafeMutablePointer<clara_git_subtransport>? {
    UnsafeMutableRawPointer(pointer)?.assumingMemoryBound(to: clara_git_subtransport.self)
}

private func exchange(
    _ pointer: UnsafeMutablePointer<git_smart_subtransport_stream>?
) -> HTTPSExchange? {
    guard let pointer else { return nil }
    let made = UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: clara_git_stream.self)
    return Unmanaged<HTTPSExchange>.fromOpaque(made.pointee.context).takeUnretainedValue()
}
