package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No request waits for an upload longer than the operator permits. */
class WaitLimitTest extends ResourceTest {

    @Override
    Map<String, String> configured() {
        return Map.of("downloads.max-wait", "1ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?timeout_ms=", "?timeout_ms=0", "?timeout_ms=3600000", "?timeout_ms=999999999999999999"})
    void aTimeoutOfHoursIsLimited(String query) throws Exception {
        String mxc = reserve();
        assertThat(error(alice.get(Client.download(mxc) + query))).isEqualTo("504 M_NOT_YET_UPLOADED");
        HttpResponse<byte[]> response = anonymous.get(Client.legacyDownload(mxc) + query);
        assertThat(error(response)).isEqualTo("504 M_NOT_YET_UPLOADED");
        assertThat(header(response, "Retry-After")).isEqualTo("5");
        put(alice, mxc);
    }
}
