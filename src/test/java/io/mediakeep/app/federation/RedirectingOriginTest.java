package io.mediakeep.app.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Script;
import io.mediakeep.testing.server.RemoteHomeserver;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Origins that redirect into the internal network and to the local host. PORT is that of a server at 127.0.0.1, which
 * must not receive a request.
 */
class RedirectingOriginTest extends OriginFixture {
    private static final String UNRECOGNIZED =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 28\r\n\r\n{\"errcode\":\"M_UNRECOGNIZED\"}";
    private static final String METADATA = "169.254.169.254";

    private RawServer inside;
    private SSLContext wide;

    @BeforeAll
    void begin() throws Exception {
        wide = federation.certificates().server("*.example");
        inside = RawServer.responding(OK + "Content-Length: 6\r\n\r\nsecret");
        federation
                .dns()
                .host("inside.example", "10.0.0.1")
                .host("here.example", "127.0.0.1")
                .host("half.example", federation.address())
                .host("half.example", "127.0.0.1");
    }

    @AfterEach
    void internalHostsReceiveNoRequest() throws Exception {
        assertThat(inside.heads()).isEmpty();
        assertNothingStored();
    }

    @AfterAll
    void end() throws IOException {
        inside.close();
    }

    static Stream<String> forbidden() {
        return Stream.of(
                "http://127.0.0.1:PORT/cat",
                "http://localhost:PORT/cat",
                "http://2130706433:PORT/cat",
                "http://0177.0.0.1:PORT/cat",
                "http://0x7f000001:PORT/cat",
                "http://127.1:PORT/cat",
                "http://[::1]:PORT/cat",
                "http://[::ffff:127.0.0.1]:PORT/cat",
                "http://[64:ff9b::7f00:1]:PORT/cat",
                "http://[2002:7f00:1::]:PORT/cat",
                "http://0.0.0.0:PORT/cat",
                "http://169.254.169.254/latest/meta-data/",
                "http://2852039166/latest/meta-data/",
                "http://0251.0376.0251.0376/latest/meta-data/",
                "http://[::ffff:a9fe:a9fe]/latest/meta-data/",
                "http://here.example:PORT/cat",
                "http://half.example:PORT/cat",
                "http://inside.example/cat",
                "//127.0.0.1:PORT/cat",
                "http://user:word@here.example:PORT/cat",
                "file:///etc/passwd",
                "jar:file:///app.jar!/cat",
                "ftp://127.0.0.1:PORT/cat",
                "gopher://127.0.0.1:PORT/cat",
                "data:text/plain,meow",
                "mxc://example.org/cat",
                "http://[",
                "a cat");
    }

    @ParameterizedTest
    @MethodSource("forbidden")
    void aLocationOfTheFileAtAForbiddenAddressIsRejected(String place) throws Exception {
        assertRejected((head, talk) -> talk.send(file("Location: " + at(place) + "\r\n", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/cat",
                "http://2130706433:PORT/cat",
                "http://[::ffff:127.0.0.1]:PORT/cat",
                "http://169.254.169.254/latest/meta-data/",
                "http://here.example:PORT/cat",
                "file:///etc/passwd",
                "http://["
            })
    void aRedirectToAForbiddenAddressIsRejected(String place) throws Exception {
        assertRejected((head, talk) -> talk.send(
                head.contains("/federation/")
                        ? UNRECOGNIZED
                        : "HTTP/1.1 302 On\r\nContent-Length: 0\r\nLocation: " + at(place) + "\r\n\r\n"));
    }

    @Test
    void redirectsOfAFileAreLimited() throws Exception {
        Script circle = (head, talk) -> talk.send(
                head.contains("/federation/")
                        ? file("Location: /round\r\n", "")
                        : "HTTP/1.1 302 On\r\nContent-Length: 0\r\nLocation: /round\r\n\r\n");
        try (RawServer origin = origin(circle)) {
            assertThat(download(mxc(origin))).isEqualTo("502 M_UNKNOWN");
            assertThat(origin.heads()).hasSize(1 + 6);
            assertThat(origin.heads().get(0)).contains("Authorization: X-Matrix ");
            assertThat(origin.heads().subList(1, 7)).noneMatch(head -> head.contains("Authorization"));
        }
    }

    @Test
    void aNameIsResolvedOnce() throws Exception {
        Name name = Name.fromString("turning.example.");
        federation.dns().add(uncached(name, federation.address()));
        Script turning = (head, talk) -> {
            federation.dns().remove("turning.example", Type.A).add(uncached(name, "127.0.0.1"));
            String place = "http://turning.example:" + inside.port() + "/cat";
            talk.send(file("Location: " + place + "\r\n", ""));
        };
        try (RawServer origin = new RawServer(federation.address(), wide, turning)) {
            assertThat(download("mxc://turning.example:" + origin.port() + "/cat"))
                    .isEqualTo("502 M_UNKNOWN");
            assertThat(origin.heads()).hasSize(1);
        }
    }

    /** An address that is not cached. */
    private static ARecord uncached(Name name, String address) throws IOException {
        return new ARecord(name, DClass.IN, 0, InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:PORT",
                "[::1]:PORT",
                "[::ffff:127.0.0.1]:PORT",
                "2130706433:PORT",
                "here.example:PORT",
                "half.example:PORT",
                METADATA,
                METADATA + ":80",
            })
    void aServerNameWithAForbiddenAddressIsRejected(String server) throws Exception {
        assertThat(download("mxc://" + at(server) + "/cat")).isEqualTo("502 M_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"here.example", "half.example", "inside.example"})
    void anSrvRecordWithAForbiddenAddressIsRejected(String place) throws Exception {
        String server = "service-at-" + place;
        federation.dns().service("_matrix-fed._tcp." + server, 10, 5, inside.port(), place);
        assertThat(download("mxc://" + server + "/cat")).isEqualTo("502 M_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "[::ffff:7f00:1]:PORT", "here.example:PORT", METADATA + ":80"})
    void aDelegationToAForbiddenAddressIsRejected(String place) throws Exception {
        try (RemoteHomeserver web = web()) {
            String host = "delegating-to-" + Math.abs(place.hashCode()) + ".example";
            federation.dns().host(host, federation.address());
            web.respond("/.well-known/matrix/server", "{\"m.server\":\"" + at(place) + "\"}");
            assertThat(download("mxc://" + host + "/cat")).isEqualTo("502 M_UNKNOWN");
            assertThat(web.requests()).hasSize(1);
        }
    }

    /** Port 443, on which only privileged processes may listen. */
    private RemoteHomeserver web() throws Exception {
        try {
            return new RemoteHomeserver(federation.address(), 443, wide);
        } catch (BindException forbidden) {
            return Assumptions.abort("nobody may listen at port 443 here");
        }
    }

    private void assertRejected(Script script) throws Exception {
        try (RawServer origin = origin(script)) {
            assertThat(download(mxc(origin))).isEqualTo("502 M_UNKNOWN");
        }
    }

    private String at(String place) {
        return place.replace("PORT", String.valueOf(inside.port()));
    }
}
