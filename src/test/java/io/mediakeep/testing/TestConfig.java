package io.mediakeep.testing;

import io.mediakeep.persistence.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration file for tests: any free port, a directory, tokens of four users, and no remote media. */
public final class TestConfig {
    /** The tokens of the four users. */
    public static final String ALICE = "alices-token",
            BOB = "bobs-token",
            GUEST = "guests-token",
            ADMIN = "admins-token";

    private final StringBuilder yaml = new StringBuilder();
    private String name = "example.org";
    private int port;
    private String remote = "remote: {enabled: false}\n";

    /** The default configuration, with all data below the directory. */
    public TestConfig(Path dataDir) {
        yaml.append("data-dir: ").append(dataDir.toAbsolutePath()).append('\n');
        yaml.append("shutdown: {grace: 5s}\n");
        yaml.append("auth:\n  tokens:\n");
        yaml.append("    - {token: ").append(ALICE).append(", user: '@alice:example.org'}\n");
        yaml.append("    - {token: ").append(BOB).append(", user: '@bob:example.org'}\n");
        yaml.append("    - {token: ").append(GUEST).append(", user: '@guest:example.org', guest: true}\n");
        yaml.append("    - {token: ").append(ADMIN).append(", user: '@admin:example.org', admin: true}\n");
        yaml.append("rate-limits:\n");
        for (String limit :
                new String[] {"upload", "create", "download", "thumbnail", "preview", "federation", "admin"}) {
            yaml.append("  ").append(limit).append(": {per-second: 100000, burst: 100000}\n");
        }
    }

    /** Sets the port. */
    public TestConfig at(int number) {
        port = number;
        return this;
    }

    /** Sets the server name. */
    public TestConfig of(String serverName) {
        name = serverName;
        return this;
    }

    /** Adds lines of YAML. */
    public TestConfig with(String lines) {
        yaml.append(lines).append('\n');
        return this;
    }

    /** Sets the YAML below {@code remote}, which enables remote media unless it says otherwise. */
    public TestConfig remote(String lines) {
        remote = "remote:\n" + lines.indent(2);
        return this;
    }

    /** Sets the database. */
    public TestConfig on(DatabaseSettings database) {
        yaml.append("database:\n  url: ").append(database.url()).append('\n');
        database.username()
                .ifPresent(name -> yaml.append("  username: ").append(name).append('\n'));
        database.password()
                .ifPresent(word -> yaml.append("  password: ").append(word).append('\n'));
        return this;
    }

    /** Writes mediakeep.yaml into a directory. */
    public Path writeTo(Path directory) throws IOException {
        return Files.writeString(
                Files.createDirectories(directory).resolve("mediakeep.yaml"),
                "server-name: '" + name + "'\nlisten: {host: 127.0.0.1, port: " + port + "}\n" + yaml + remote);
    }
}
