package io.mediakeep.config;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the configuration from a file and the environment, and reports all problems at once. */
public final class ConfigReader {
    private static final String DEFAULT_FILE = "mediakeep.yaml";
    private static final int FILE_ORDINAL = 100;
    private static final int ENVIRONMENT_ORDINAL = 300;

    private final ConfigKeys keys = new ConfigKeys();
    private final ConfigProblems problems = new ConfigProblems();
    private final Environment environment = new Environment(keys, problems);
    private final Path workingDirectory;

    private ConfigReader(Path workingDirectory) {
        this.workingDirectory = workingDirectory.toAbsolutePath().normalize();
    }

    /**
     * Reads the configuration. The file is {@code explicitFile}, else the one named by the property or the variable
     * {@code MEDIAKEEP_CONFIG}, else {@code mediakeep.yaml} in the working directory if it exists. The environment
     * takes precedence over the file; keys without a value have their default.
     *
     * @param explicitFile the file in the command line
     * @param environment the environment of the process
     * @param configProperty the system property {@code MEDIAKEEP_CONFIG}
     * @param workingDirectory the base of relative paths
     * @throws ConfigException if the configuration is not valid; its message lists every problem
     */
    public static Config read(
            Optional<Path> explicitFile,
            Map<String, String> environment,
            Optional<String> configProperty,
            Path workingDirectory) {
        ConfigReader reader = new ConfigReader(workingDirectory);
        Optional<String> named = configProperty
                .filter(name -> !name.isBlank())
                .or(() ->
                        Optional.ofNullable(environment.get(Environment.CONFIG)).filter(name -> !name.isBlank()));
        return reader.read(explicitFile.or(() -> named.map(Path::of)), environment);
    }

    private Config read(Optional<Path> named, Map<String, String> variables) {
        Optional<Path> file = named.map(workingDirectory::resolve).or(this::existingDefaultFile);
        Map<String, String> fromFile = ConfigFile.read(file, problems);
        Map<String, String> fromEnvironment = environment.read(variables);
        file.ifPresent(path -> new FileKeys(keys, problems).check(path.toString(), fromFile));
        Config config = new Sections(values(file, fromFile, fromEnvironment), workingDirectory).config();
        problems.throwIfAny();
        return config;
    }

    private Optional<Path> existingDefaultFile() {
        return Optional.of(workingDirectory.resolve(DEFAULT_FILE)).filter(Files::exists);
    }

    /** Uses these two sources only, and no interceptors: {@code ${…}} in a password is not expanded. */
    private Values values(Optional<Path> file, Map<String, String> fromFile, Map<String, String> fromEnvironment) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(fromFile, "file", FILE_ORDINAL))
                .withSources(new PropertiesConfigSource(fromEnvironment, "environment", ENVIRONMENT_ORDINAL));
        UnaryOperator<String> origin = key -> environment
                .variableOf(key)
                .or(() -> file.filter(path -> fromFile.containsKey(key)).map(Path::toString))
                .orElse("not set");
        return new Values(builder.build(), keys, origin, problems);
    }
}
