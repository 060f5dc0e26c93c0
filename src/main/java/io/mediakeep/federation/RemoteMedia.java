package io.mediakeep.federation;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.federation.discovery.RemoteServers;
import io.mediakeep.federation.signing.SignableRequest;
import io.mediakeep.federation.signing.SigningKey;
import io.mediakeep.matrix.Glob;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.OriginThumbnail;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.Site;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.outbound.http.OutboundResponse;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches media of other homeservers: by the signed federation endpoints (server-server API, "Content Repository"), or
 * by the legacy unsigned ones, where a server does not have the new ones or there is no signing key.
 */
public final class RemoteMedia {
    private static final Logger log = LoggerFactory.getLogger(RemoteMedia.class);

    /** The minimum average rate in bytes per second; it bounds the time of a fetch. */
    private static final long MIN_RATE = 16 * 1024;

    /** The maximum overhead of the multipart format, in bytes. */
    private static final long MAX_OVERHEAD = 64 * 1024;

    private static final String FEDERATION = "/_matrix/federation/v1/media/";
    private static final String LEGACY = "/_matrix/media/v3/";

    private final ServerName localServer;
    private final Optional<SigningKey> key;
    private final RemoteServers servers;
    private final OutboundClient client;
    private final RemoteSettings settings;
    private final List<Glob> allow;
    private final List<Glob> deny;

    /**
     * Media that these settings permit.
     *
     * @param key the homeserver's signing key; without one all requests use the legacy endpoints
     * @param client for files that servers store at other locations
     */
    public RemoteMedia(
            ServerName localServer,
            Optional<SigningKey> key,
            RemoteServers servers,
            OutboundClient client,
            RemoteSettings settings) {
        this.localServer = localServer;
        this.key = key;
        this.servers = servers;
        this.client = client;
        this.settings = settings;
        this.allow = settings.allow().stream().map(Glob::new).toList();
        this.deny = settings.deny().stream().map(Glob::new).toList();
    }

    /** Whether media of a server may be fetched. A pattern without a port matches all ports of its hosts. */
    public boolean permits(ServerName server) {
        return settings.enabled() && (allow.isEmpty() || matches(allow, server)) && !matches(deny, server);
    }

    private static boolean matches(List<Glob> patterns, ServerName server) {
        return patterns.stream().anyMatch(glob -> glob.matches(server.value()) || glob.matches(server.host()));
    }

    /** The {@link Site} of a server. */
    public String site(ServerName server) {
        return Site.of(server.host());
    }

    /** The maximum size of a file, in bytes. */
    public long maxSize() {
        return settings.maxSize();
    }

    /**
     * Starts fetching the content of a URI, which may be an {@link OriginThumbnail}. The caller closes the result.
     *
     * @param timeout how long the origin may wait for content that is not uploaded yet
     * @throws MatrixException 404, 429 or 504 as the origin responds, 502 when its response is invalid or too large, or
     *     it cannot be reached
     */
    public RemoteContent download(Mxc mxc, Duration timeout) {
        Optional<OriginThumbnail> thumbnail = OriginThumbnail.storedUnder(mxc);
        String endpoint = thumbnail.isPresent() ? "thumbnail/" : "download/";
        String mediaId = thumbnail.map(OriginThumbnail::media).orElse(mxc).mediaId();
        String query =
                thumbnail.map(requested -> requested.query() + "&").orElse("") + "timeout_ms=" + timeout.toMillis();
        Purpose purpose = thumbnail.isPresent() ? Purpose.THUMBNAIL : Purpose.MEDIA;
        return fetch(
                new Fetch(mxc.server(), purpose, settings.timeout().plus(timeout)),
                FEDERATION + endpoint + mediaId + "?" + query,
                LEGACY + endpoint + mxc.server() + "/" + mediaId + "?allow_remote=false&allow_redirect=true&" + query);
    }

    private RemoteContent fetch(Fetch fetch, String signed, String legacy) {
        try {
            Optional<RemoteContent> content = key.isPresent() ? fetch.signed(key.get(), signed) : Optional.empty();
            return content.isPresent() ? content.get() : fetch.legacy(legacy);
        } catch (OutboundException failure) {
            log.info("Media of {} could not be fetched: {}", fetch.server, failure.getMessage());
            throw RemoteErrors.of(failure);
        } catch (IOException invalid) {
            log.info("The response of {} is invalid: {}", fetch.server, invalid.getMessage());
            throw RemoteErrors.of(
                    new OutboundException(Kind.BAD_RESPONSE, String.valueOf(invalid.getMessage()), invalid));
        }
    }

    /** The requests for one file. */
    private final class Fetch {
        private final ServerName server;
        private final Purpose purpose;
        private final Duration idle;
        private final Deadline deadline;

        Fetch(ServerName server, Purpose purpose, Duration idle) {
            this.server = server;
            this.purpose = purpose;
            this.idle = idle;
            this.deadline = Deadline.in(idle.plusSeconds(settings.maxSize() / MIN_RATE));
        }

        /** Requests the signed endpoint; empty when the server does not have it. */
        Optional<RemoteContent> signed(SigningKey signer, String uri) throws IOException {
            String signature = signer.sign(SignableRequest.of("GET", uri, localServer, server))
                    .header();
            OutboundResponse response =
                    servers.get(server, uri, url -> request(url).authorization(signature));
            return closedOnFailure(response, () -> {
                if (response.status() == 200) {
                    return Optional.of(media(response));
                }
                JsonObject body = RemoteErrors.body(response);
                response.close();
                if (isUnknownEndpoint(response.status(), body)) {
                    return Optional.empty();
                }
                throw RemoteErrors.of(response, body);
            });
        }

        private RemoteContent media(OutboundResponse response) throws IOException {
            MediaPart part = MediaPart.in(
                    response.body(), response.header("Content-Type").orElse(""));
            Optional<String> location = part.headers().location();
            if (location.isEmpty()) {
                return content(part.headers(), part.bytes(), response);
            }
            response.close();
            return atLocation(resolved(response.uri(), location.get()));
        }

        private static URI resolved(URI base, String location) throws IOException {
            try {
                return base.resolve(location);
            } catch (IllegalArgumentException noUri) {
                throw new IOException("an invalid location: " + location, noUri);
            }
        }

        /** Requests another location, without the signature. */
        private RemoteContent atLocation(URI location) throws IOException {
            return unsigned(client.get(request(location)
                    .redirects(OutboundRequest.Limits.MAX_REDIRECTS)
                    .build()));
        }

        RemoteContent legacy(String uri) throws IOException {
            return unsigned(
                    servers.get(server, uri, url -> request(url).redirects(OutboundRequest.Limits.MAX_REDIRECTS)));
        }

        private RemoteContent unsigned(OutboundResponse response) throws IOException {
            return closedOnFailure(response, () -> {
                if (response.status() != 200) {
                    throw RemoteErrors.of(response, RemoteErrors.body(response));
                }
                return content(PartHeaders.of(response), response.body(), response);
            });
        }

        private RemoteContent content(PartHeaders headers, InputStream bytes, OutboundResponse response)
                throws IOException {
            LengthCheckedStream counted = new LengthCheckedStream(bytes, headers.size(), settings.maxSize());
            return new RemoteContent(
                    headers.contentType(), headers.fileName(), headers.size(), counted, () -> end(counted, response));
        }

        /** After the last byte of a part the end of the multipart body follows. */
        private static void end(LengthCheckedStream bytes, OutboundResponse response) {
            if (bytes.ended()) {
                response.drainAndClose();
            } else {
                response.close();
            }
        }

        private OutboundRequest.Builder request(URI url) {
            return OutboundRequest.to(url, purpose, deadline)
                    .maxBytes(settings.maxSize() + MAX_OVERHEAD)
                    .idle(idle);
        }
    }

    /** A step that may fail. */
    private interface Work<T> {
        T run() throws IOException;
    }

    /** Closes a response unless its processing succeeded. */
    private static <T> T closedOnFailure(OutboundResponse response, Work<T> work) throws IOException {
        boolean succeeded = false;
        try {
            T result = work.run();
            succeeded = true;
            return result;
        } finally {
            if (!succeeded) {
                response.close();
            }
        }
    }

    /** Whether an error means that there is no such endpoint, rather than no such media. */
    private static boolean isUnknownEndpoint(int status, JsonObject body) {
        String code = body.getString("errcode", "");
        return (status == 404 || status == 405) && (code.isEmpty() || code.equals("M_UNRECOGNIZED"));
    }
}
