package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mediakeep.testing.server.TestDns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

class DnsResolverTest {
    private static final String SERVICE = "_matrix-fed._tcp.example.org";

    private TestDns dns;
    private DnsResolver names;

    @BeforeEach
    void start() throws IOException {
        dns = new TestDns();
        names = new DnsResolver(List.of(dns.address()));
    }

    @AfterEach
    void stop() throws IOException {
        names.close();
        dns.close();
    }

    @Test
    void addressesOfBothKindsAreFound() throws IOException {
        dns.host("example.org", "2001:db8::1").host("example.org", "192.0.2.1").host("example.org", "192.0.2.2");
        assertThat(names.addresses("example.org"))
                .containsExactlyInAnyOrder(address("192.0.2.1"), address("192.0.2.2"), address("2001:db8::1"))
                .last()
                .isEqualTo(address("2001:db8::1"));
    }

    @Test
    void anAliasIsFollowed() throws IOException {
        dns.host("real.example", "192.0.2.1")
                .add(new CNAMERecord(Name.fromString("example.org."), DClass.IN, 60, Name.fromString("real.example.")));
        assertThat(names.addresses("example.org")).containsExactly(address("192.0.2.1"));
    }

    @Test
    void responsesAreCachedForTheirTtl() throws IOException {
        dns.host("example.org", "192.0.2.1");
        names.addresses("example.org");
        int queries = dns.queries().size();
        names.addresses("example.org");
        assertThat(dns.queries()).hasSize(queries);
    }

    @Test
    void aNameWithoutAddressesIsUnknown() {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> names.addresses("example.org"))
                .withMessage("example.org has no address");
    }

    @Test
    void aNameWhoseLookupFailsIsUnknown() throws IOException {
        dns.fail("example.org", Rcode.SERVFAIL);
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> names.addresses("example.org"))
                .withMessage("DNS failed for example.org");
    }

    @Test
    void allTargetsOfAServiceAreFound() throws IOException {
        dns.service(SERVICE, 1, 2, 8448, "A.example").service(SERVICE, 10, 0, 443, "b.example");
        assertThat(names.services(SERVICE).orElseThrow())
                .containsExactlyInAnyOrder(
                        new ServiceTarget(1, 2, "a.example", 8448), new ServiceTarget(10, 0, "b.example", 443));
    }

    @Test
    void aTruncatedResponseIsRetriedOverTcp() throws IOException {
        for (int index = 0; index < 15; index++) {
            dns.service(SERVICE, index, 0, 8448, "a-rather-long-name-of-a-server-" + index + ".hosting.example");
        }
        assertThat(names.services(SERVICE).orElseThrow()).hasSize(15);
    }

    @Test
    void invalidTargetsAreSkipped() throws IOException {
        dns.service(SERVICE, 1, 0, 8448, "127.0.0.1")
                .service(SERVICE, 1, 0, 8448, "a\\032b.example")
                .service(SERVICE, 1, 0, 0, "port.example")
                .service(SERVICE, 1, 0, 8448, "good.example");
        assertThat(names.services(SERVICE).orElseThrow())
                .containsExactly(new ServiceTarget(1, 0, "good.example", 8448));
    }

    @Test
    void aDotAsTargetMeansNoService() throws IOException {
        dns.service(SERVICE, 0, 0, 0, ".");
        assertThat(names.services(SERVICE)).hasValue(List.of());
    }

    @Test
    void anEmptyResponseDiffersFromNone() throws IOException {
        assertThat(names.services(SERVICE)).isEmpty();
        dns.fail("_matrix._tcp.example.org", Rcode.SERVFAIL);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> names.services("_matrix._tcp.example.org"))
                .withMessageContaining("DNS failed for _matrix._tcp.example.org");
    }

    @Test
    void theSecondServerIsUsedWhenTheFirstDoesNotRespond() throws IOException {
        try (TestDns second = new TestDns();
                DnsResolver both = new DnsResolver(List.of(dns.address(), second.address()))) {
            dns.ignore("example.org");
            second.host("example.org", "192.0.2.1");
            assertThat(both.addresses("example.org")).containsExactly(address("192.0.2.1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dns.example", "127.1", "127.0.0.1:0", "127.0.0.1:99999", "::1", "[::1", "[::1]:x"})
    void onlyAddressesAreNameServers(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> FederationSettings.checkNameServer(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.53", "127.0.0.1:5353", "[::1]", "[2001:db8::53]:53"})
    void addressesWithOrWithoutAPortAreNameServers(String text) {
        assertThat(FederationSettings.checkNameServer(text)).isEqualTo(text);
    }

    private static InetAddress address(String text) throws IOException {
        return InetAddress.getByName(text);
    }
}
