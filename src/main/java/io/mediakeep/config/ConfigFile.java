package io.mediakeep.config;

import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserException;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.scanner.ScannerException;

/** Reads a configuration file into keys and values. A file that cannot be read is a problem and has no values. */
final class ConfigFile {
    private final Path path;
    private final ConfigProblems problems;

    private ConfigFile(Path path, ConfigProblems problems) {
        this.path = path;
        this.problems = problems;
    }

    /** The values in the file; an entry of a list has a key of its own, {@code key[0]}. */
    static Map<String, String> read(Optional<Path> path, ConfigProblems problems) {
        return path.map(file -> new ConfigFile(file, problems).read()).orElse(Map.of());
    }

    private Map<String, String> read() {
        try {
            String yaml = Files.readString(path);
            return check(yaml) ? new TreeMap<>(new YamlConfigSource(path.toString(), yaml).getProperties()) : Map.of();
        } catch (IOException e) {
            problems.add(path.toString(), reason(e));
            return Map.of();
        }
    }

    /** Rejects what {@link YamlConfigSource} ignores: duplicate keys, files that are no mapping. */
    private boolean check(String yaml) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object root = new Yaml(new SafeConstructor(options)).load(yaml);
            if (root == null || root instanceof Map) {
                return true;
            }
            problems.add(path.toString(), "must hold keys and values, such as server-name: example.org");
        } catch (ScannerException | ParserException | DuplicateKeyException e) {
            problems.add(path + line(e), "invalid YAML: " + e.getProblem());
        } catch (MarkedYAMLException e) {
            // the value may be a password that begins with * or !, so it is not shown
            problems.add(
                    path + line(e),
                    "invalid YAML: an unknown alias (*) or tag (!), or a second document; does a value need quotes?");
        } catch (ReaderException e) {
            long line = 1
                    + yaml.codePoints()
                            .limit(e.getPosition())
                            .filter(c -> c == '\n')
                            .count();
            problems.add(path + ", line " + line, "invalid YAML: a control character");
        } catch (YAMLException | NumberFormatException e) {
            problems.add(path.toString(), "invalid YAML; does a value need quotes?");
        }
        return false;
    }

    private static String line(MarkedYAMLException e) {
        Mark mark = e.getProblemMark();
        return mark == null ? "" : ", line " + (mark.getLine() + 1);
    }

    private static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return "is not readable by the user of this process";
        }
        return failure instanceof CharacterCodingException ? "is not UTF-8 text" : "cannot be read as a file";
    }
}
