package io.mediakeep.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Public;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.RequiresServer;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.api.admin.HealthResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.Test;

/** Every resource method declares its authentication and its rate limit. */
class FilterBindingTest extends ResourceTest {
    /** The annotations for authentication, of which every method has exactly one. */
    private static final Set<Class<? extends Annotation>> AUTHENTICATION =
            Set.of(Public.class, RequiresUser.class, RequiresServer.class, RequiresAdmin.class);

    /** Resources whose responses are in memory, and need no limit. */
    private static final Set<Class<?>> UNLIMITED = Set.of(MediaConfigResource.class, HealthResource.class);

    @Test
    void everyMethodDeclaresItsAuthentication() {
        assertThat(methods(server.classes()))
                .hasSizeGreaterThanOrEqualTo(8)
                .allMatch(FilterBindingTest::declaresAuthentication);
    }

    @Test
    void everyMethodHasARateLimit() {
        assertThat(methods(server.classes())).allMatch(FilterBindingTest::isLimited);
    }

    /** The test fails for a resource without both. */
    @Test
    void aResourceWithoutAnnotationIsDetected() {
        assertThat(methods(Set.of(Open.class)))
                .hasSize(2)
                .noneMatch(FilterBindingTest::declaresAuthentication)
                .noneMatch(FilterBindingTest::isLimited);
    }

    /** All resource methods, including those of sub-resources, from Jersey's model. */
    private static List<Method> methods(Set<Class<?>> classes) {
        return classes.stream()
                .filter(type -> type.isAnnotationPresent(Path.class))
                .map(Resource::from)
                .flatMap(FilterBindingTest::methods)
                .map(ResourceMethod::getInvocable)
                .map(Invocable::getHandlingMethod)
                .toList();
    }

    private static Stream<ResourceMethod> methods(Resource resource) {
        return Stream.concat(
                resource.getAllMethods().stream(),
                resource.getChildResources().stream().flatMap(FilterBindingTest::methods));
    }

    private static boolean declaresAuthentication(Method method) {
        return AUTHENTICATION.stream().filter(method::isAnnotationPresent).count() == 1;
    }

    private static boolean isLimited(Method method) {
        return method.isAnnotationPresent(Limited.class) || UNLIMITED.contains(method.getDeclaringClass());
    }

    /** Lacks the annotation for authentication. */
    @Path("/open")
    public static final class Open {
        /** Lacks the rate limit. */
        @GET
        public String annotatedPublic() {
            return "";
        }

        /** Without any annotation. */
        @POST
        @Path("more")
        @Public
        @RequiresUser
        public String more() {
            return "";
        }
    }
}
