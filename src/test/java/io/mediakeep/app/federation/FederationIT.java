package io.mediakeep.app.federation;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.process.RunningServer;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The servers are processes of the real WAR, so that one of them can be killed. */
class FederationIT extends FederationContract {
    @Override
    public RunningServer start(Path configured) throws IOException {
        return ServerProcess.ofWar(configured);
    }

    @Test
    void fetchedMediaIsServedWithoutItsOrigin() throws Exception {
        String fetched = a.alice().mxc(new byte[1500]);
        String missed = a.alice().mxc(new byte[1600]);
        String later = a.alice().mxc(new byte[1700]);
        b.alice().get(Client.download(fetched));

        ((ServerProcess) a.server()).kill();
        assertThat(b.alice().get(Client.download(fetched)).body()).hasSize(1500);
        assertThat(error(b.alice().get(Client.download(missed)))).isEqualTo("502 M_UNKNOWN");

        town.reopen(a);
        assertThat(b.alice().get(Client.download(later)).body()).hasSize(1700);
        assertThat(c.alice().get(Client.download(missed)).body()).hasSize(1600);
    }
}
