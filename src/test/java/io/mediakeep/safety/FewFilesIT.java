package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import io.mediakeep.testing.server.RawConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with few file descriptors accepts few connections, while others wait, and has descriptors left for their files. */
class FewFilesIT {
    private static final int CONNECTIONS = 400;
    private static final String UPLOAD = "POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: localhost\r\n"
            + "Authorization: Bearer " + TestConfig.ALICE
            + "\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello";

    @Test
    void connectedClientsAreServedWhileDescriptorsAreExhausted(@TempDir Path directory) throws Exception {
        new TestConfig(directory.resolve("data")).writeTo(directory);
        String war = Path.of("target/mediakeep.war").toAbsolutePath().toString();
        List<String> command = List.of("sh", "-c", "ulimit -n 256; exec \"$0\" -jar \"$1\"", ServerProcess.java(), war);
        List<RawConnection> connections = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(command, directory, ServerProcess.LISTENING, null)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(new RawConnection(server.url()));
            }
            connections.get(0).send(UPLOAD);
            assertThat(connections.get(0).rest()).startsWith("HTTP/1.1 200 ").contains("mxc://");
            RawConnection last = connections.remove(CONNECTIONS - 1).send(UPLOAD);
            for (RawConnection connection : connections) {
                connection.close();
            }
            assertThat(last.rest()).startsWith("HTTP/1.1 200 ");
            last.close();
            assertThat(server.log()).contains("Connections are limited to").doesNotContain("Too many open files");
        }
    }
}
