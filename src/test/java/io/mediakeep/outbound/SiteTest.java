package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@link Site} of a host. */
class SiteTest {

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "a.b.EXAMPLE.org, example.org",
        "a.blog.co.uk, blog.co.uk",
        "co.uk, co.uk",
        "localhost, localhost",
        "192.0.2.1, 192.0.2.1",
        "192.0.2.2, 192.0.2.2",
    })
    void isARegistrableDomainOrAnAddress(String host, String site) {
        assertThat(Site.of(host)).isEqualTo(site);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, [2001:db8:0:0:ffff::], true",
        "[2001:db8::1], [2001:DB8::2], true",
        "[2001:db8::1], [2001:db8:0:1::1], false",
        "a.example.org, b.example.org, true",
        "192.0.2.1, 192.0.2.2, false",
    })
    void isSharedByTheAddressesOfOneIpv6Network(String one, String other, boolean same) {
        assertThat(Site.of(one).equals(Site.of(other))).isEqualTo(same);
    }
}
