package io.mediakeep.outbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrustStoreTest {
    @Test
    void sessionsOfOtherServersAreCachedWithinALimit() throws Exception {
        assertThat(TrustStore.context(Optional.empty())
                        .getClientSessionContext()
                        .getSessionCacheSize())
                .isEqualTo(TrustStore.MAX_SESSIONS)
                .isLessThan(1000);
    }
}
