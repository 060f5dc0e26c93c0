package io.mediakeep.testing.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Eventually;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The installed nginx as a reverse proxy of several nodes, with the documented configuration, without TLS. */
public final class NginxProcess implements RunningServer {
    private static final Path RECIPE = Path.of("src/it/proxies/nginx.conf");
    private static final String NODE = "server 127.0.0.1:8008 max_fails=0;";

    private final Process process;
    private final URI url;

    /** Starts it for nodes at these ports. */
    public NginxProcess(Path directory, List<Integer> ports) throws Exception {
        Path log = directory.resolve("nginx.log");
        int port = freePort();
        url = URI.create("http://127.0.0.1:" + port);
        Files.writeString(directory.resolve("site.conf"), site(port, ports));
        Path main = Files.writeString(directory.resolve("nginx.conf"), """
                user root;
                daemon off;
                pid nginx.pid;
                error_log nginx.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include site.conf;
                }
                """);
        process = new ProcessBuilder(
                        command().orElseThrow().toString(), "-p", directory.toString(), "-c", main.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Eventually.holds(
                () -> assertThat(isListening(port)).as("nginx listens: %s", log).isTrue());
    }

    /** Whether nginx is installed. */
    public static boolean isInstalled() {
        return command().isPresent();
    }

    private static Optional<Path> command() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx", "/opt/homebrew/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String site(int port, List<Integer> ports) throws IOException {
        String nodes =
                ports.stream().map(node -> NODE.replace("8008", "" + node)).collect(Collectors.joining("\n"));
        String recipe = Files.readString(RECIPE);
        assertThat(recipe).contains(NODE, "listen 443 ssl http2;");
        return recipe.replace(NODE, nodes)
                .replace("listen 443 ssl http2;", "listen 127.0.0.1:" + port + ";")
                .lines()
                .filter(line -> !line.contains("8448") && !line.contains("ssl_certificate"))
                .collect(Collectors.joining("\n"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
