package io.mediakeep.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import jakarta.ws.rs.Path;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Compares docs/administration.openapi.yaml with the resources. */
class OpenApiTest {
    private static final String BASE = "/_mediakeep/admin/v1";
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)[^}]*}");

    @Test
    void theFileHasThePathsAndMethodsOfTheResources(@TempDir java.nio.file.Path directory) throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            List<String> operations = server.classes().stream()
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .map(Resource::from)
                    .flatMap(resource -> operations("", resource))
                    .filter(operation -> operation.contains(" " + BASE + "/"))
                    .toList();
            assertThat(operations).hasSizeGreaterThan(5);
            assertThat(documented()).containsExactlyInAnyOrderElementsOf(operations);
        }
    }

    private static Stream<String> operations(String parent, Resource resource) {
        String path = parent + "/"
                + PARAMETER.matcher(resource.getPath()).replaceAll("{$1}").replaceFirst("^/", "");
        return Stream.concat(
                resource.getResourceMethods().stream()
                        .map(ResourceMethod::getHttpMethod)
                        .map(name -> name + " " + path),
                resource.getChildResources().stream().flatMap(child -> operations(path, child)));
    }

    @SuppressWarnings("unchecked") // a path item has only operations here
    private static List<String> documented() throws Exception {
        Map<String, Object> file =
                new Yaml().load(Files.readString(java.nio.file.Path.of("docs", "administration.openapi.yaml")));
        Map<String, Map<String, Object>> paths = (Map<String, Map<String, Object>>) file.get("paths");
        return paths.entrySet().stream()
                .flatMap(path -> path.getValue().keySet().stream()
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + BASE + path.getKey()))
                .toList();
    }
}
