package io.mediakeep.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsSettingsTest {
    @Test
    void anAddressIsAHostAndAPort() {
        assertThat(MetricsSettings.address("127.0.0.1:9100")).isEqualTo(new MetricsSettings.Address("127.0.0.1", 9100));
        assertThat(MetricsSettings.address("[::1]:0")).isEqualTo(new MetricsSettings.Address("::1", 0));
        assertThat(MetricsSettings.address("media.example.org:65535").port()).isEqualTo(65_535);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9100", ":9100", "host", "host:", "host:65536", "::1:9100", "http://host:9100", "host:-1"})
    void anythingElseIsRejected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricsSettings.address(text))
                .withMessageContaining("host:port");
    }
}
