package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reservations that expire almost at once. */
class ExpiredUploadTest extends ResourceTest {

    @Override
    Map<String, String> configured() {
        return Map.of("uploads.pending-ttl", "1ms", "uploads.max-pending", "1");
    }

    @Test
    void anExpiredReservationIsNotFound() throws Exception {
        String mxc = expired();
        assertThat(error(put(alice, mxc))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(alice.get(Client.download(mxc)))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(anonymous.get(Client.legacyDownload(mxc)))).isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void anExpiredReservationStillBelongsToItsUser() throws Exception {
        assertThat(error(put(bob, expired()))).isEqualTo("403 M_FORBIDDEN");
    }

    @Test
    void expiredReservationsAreNotCounted() throws Exception {
        expired();
        expired();
        assertThat(expired()).startsWith("mxc://");
    }

    private String expired() throws Exception {
        JsonObject created = Client.json(alice.post(CREATE));
        long expiry = created.getJsonNumber("unused_expires_at").longValue();
        Eventually.holds(() -> assertThat(System.currentTimeMillis()).isGreaterThan(expiry));
        return created.getString("content_uri");
    }
}
