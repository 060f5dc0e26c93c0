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
 * Media of other homeservers, asked of themselves: signed, as servers do among themselves (server-server API, "Content
 * Repository"); the old way, which needs no signature, where they do not know the new one or we have no key.
 */
public final class RemoteMedia {
    private static final Logger log = LoggerFactory.getLogger(RemoteMedia.class);

    /** The least average rate that we bear with, in bytes per second; it bounds how long one fetch can take. */
    private static final long LEAST_RATE = 16 * 1024;

    /** What the parts and their headers may add to the length of a file. */
    private static final long ENVELOPE = 64 * 1024;

    private static final String FEDERATION = "/_matrix/federation/v1/media/";
    private static final String LEGACY = "/_matrix/media/v3/";

    private final ServerName home;
    private final Optional<SigningKey> key;
    private final RemoteServers servers;
    private final OutboundClient client;
    private final RemoteSettings settings;
    private final List<Glob> allow;
    private final List<Glob> deny;

    /**
     * The media that these settings permit.
     *
     * @param key the key of our homeserver; without one everybody is asked the old way
     * @param client follows where servers say that their files are elsewhere
     */
    public RemoteMedia(
            ServerName home,
            Optional<SigningKey> key,
            RemoteServers servers,
            OutboundClient client,
            RemoteSettings settings) {
        this.home = home;
        this.key = key;
        this.servers = servers;
        this.client = client;
        this.settings = settings;
        this.allow = settings.allow().stream().map(Glob::new).toList();
        this.deny = settings.deny().stream().map(Glob::new).toList();
    }

    /** Whether anything of a server may be fetched. A pattern without a port means all ports of its hosts. */
    public boolean permits(ServerName server) {
        return settings.enabled() && (allow.isEmpty() || names(allow, server)) && !names(deny, server);
    }

    private static boolean names(List<Glob> patterns, ServerName server) {
        return patterns.stream().anyMatch(glob -> glob.matches(server.value()) || glob.matches(server.host()));
    }

    /** Whose a server is: the {@link Site} of its host. */
    public String site(ServerName server) {
        return Site.of(server.host());
    }

    /** The largest file that is fetched, in bytes. */
    public long maxSize() {
        return settings.maxSize();
    }

    /**
     * Begins to fetch the content of a URI, which may be an {@link OriginThumbnail}. The caller closes what is answered.
     *
     * @param patience how long the other server may wait for content that it has yet to get
     * @throws MatrixException 404, 429 or 504 as the other server says, 502 when it does not make sense, has too much,
     *     or cannot be reached
     */
    public RemoteContent download(Mxc mxc, Duration patience) {
        Optional<OriginThumbnail> thumbnail = OriginThumbnail.keptUnder(mxc);
        String endpoint = thumbnail.isPresent() ? "thumbnail/" : "download/";
        String mediaId = thumbnail.map(OriginThumbnail::media).orElse(mxc).mediaId();
        String query = thumbnail.map(wish -> wish.query() + "&").orElse("") + "timeout_ms=" + patience.toMillis();
        Purpose purpose = thumbnail.isPresent() ? Purpose.THUMBNAIL : Purpose.MEDIA;
        return fetch(
                new Fetch(mxc.server(), purpose, settings.timeout().plus(patience)),
                FEDERATION + endpoint + mediaId + "?" + query,
                LEGACY + endpoint + mxc.server() + "/" + mediaId + "?allow_remote=false&allow_redirect=true&" + query);
    }

    private RemoteContent fetch(Fetch fetch, String signed, String legacy) {
        try {
            Optional<RemoteContent> content = key.isPresent() ? fetch.signed(key.get(), signed) : Optional.empty();
            return content.isPresent() ? content.get() : fetch.legacy(legacy);
        } catch (OutboundException failure) {
            log.info("{} does not hand out its media: {}", fetch.server, failure.getMessage());
            throw RemoteErrors.of(failure);
        } catch (IOException nonsense) {
            log.info("{} does not make sense: {}", fetch.server, nonsense.getMessage());
            throw RemoteErrors.of(
                    new OutboundException(Kind.BAD_ANSWER, String.valueOf(nonsense.getMessage()), nonsense));
        }
    }

    /** The questions and answers for one file. */
    private final class Fetch {
        private final ServerName server;
        private final Purpose purpose;
        private final Duration idle;
        private final Deadline deadline;

        Fetch(ServerName server, Purpose purpose, Duration idle) {
            this.server = server;
            this.purpose = purpose;
            this.idle = idle;
            this.deadline = Deadline.in(idle.plusSeconds(settings.maxSize() / LEAST_RATE));
        }

        /** Nothing when the server does not know this way. */
        Optional<RemoteContent> signed(SigningKey signer, String uri) throws IOException {
            String signature =
                    signer.sign(SignableRequest.of("GET", uri, home, server)).header();
            OutboundResponse answer =
                    servers.get(server, uri, url -> request(url).authorization(signature));
            return kept(answer, () -> {
                if (answer.status() == 200) {
                    return Optional.of(media(answer));
                }
                JsonObject words = RemoteErrors.words(answer);
                answer.close();
                if (unknownWay(answer.status(), words)) {
                    return Optional.empty();
                }
                throw RemoteErrors.of(answer, words);
            });
        }

        private RemoteContent media(OutboundResponse answer) throws IOException {
            MediaPart part =
                    MediaPart.in(answer.body(), answer.header("Content-Type").orElse(""));
            Optional<String> location = part.headers().location();
            if (location.isEmpty()) {
                return content(part.headers(), part.bytes(), answer);
            }
            answer.close();
            return elsewhere(resolved(answer.uri(), location.get()));
        }

        private static URI resolved(URI base, String location) throws IOException {
            try {
                return base.resolve(location);
            } catch (IllegalArgumentException noUri) {
                throw new IOException("a file that is nowhere: " + location, noUri);
            }
        }

        /** Without our signature, which is nobody else's business. */
        private RemoteContent elsewhere(URI place) throws IOException {
            return plain(client.get(request(place)
                    .redirects(OutboundRequest.Limits.MOST_REDIRECTS)
                    .build()));
        }

        RemoteContent legacy(String uri) throws IOException {
            return plain(
                    servers.get(server, uri, url -> request(url).redirects(OutboundRequest.Limits.MOST_REDIRECTS)));
        }

        private RemoteContent plain(OutboundResponse answer) throws IOException {
            return kept(answer, () -> {
                if (answer.status() != 200) {
                    throw RemoteErrors.of(answer, RemoteErrors.words(answer));
                }
                return content(PartHeaders.of(answer), answer.body(), answer);
            });
        }

        private RemoteContent content(PartHeaders headers, InputStream bytes, OutboundResponse answer)
                throws IOException {
            LengthCheckedStream counted = new LengthCheckedStream(bytes, headers.size(), settings.maxSize());
            return new RemoteContent(
                    headers.contentType(), headers.fileName(), headers.size(), counted, () -> end(counted, answer));
        }

        /** After the last byte of a part there is the end of its envelope. */
        private static void end(LengthCheckedStream bytes, OutboundResponse answer) {
            if (bytes.atTheirEnd()) {
                answer.settle();
            } else {
                answer.close();
            }
        }

        private OutboundRequest.Builder request(URI url) {
            return OutboundRequest.to(url, purpose, deadline)
                    .atMost(settings.maxSize() + ENVELOPE)
                    .idle(idle);
        }
    }

    /** Work on an answer that may fail. */
    private interface Work<T> {
        T run() throws IOException;
    }

    /** An answer is closed unless it is handed on. */
    private static <T> T kept(OutboundResponse answer, Work<T> work) throws IOException {
        boolean handedOn = false;
        try {
            T result = work.run();
            handedOn = true;
            return result;
        } finally {
            if (!handedOn) {
                answer.close();
            }
        }
    }

    /** Whether a refusal says that there is no such endpoint, rather than no such media. */
    private static boolean unknownWay(int status, JsonObject words) {
        String code = words.getString("errcode", "");
        return (status == 404 || status == 405) && (code.isEmpty() || code.equals("M_UNRECOGNIZED"));
    }
}
