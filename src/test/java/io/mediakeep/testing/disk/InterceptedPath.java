package io.mediakeep.testing.disk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A path in the {@link InterceptedFileSystem}, for the same path in the default file system. */
final class InterceptedPath implements InvocationHandler {
    private final Path real;

    private InterceptedPath(Path real) {
        this.real = real;
    }

    static Path of(Path real) {
        return (Path) Proxy.newProxyInstance(
                InterceptedPath.class.getClassLoader(), new Class<?>[] {Path.class}, new InterceptedPath(real));
    }

    /** The path in the default file system; a path of the default file system is returned as it is. */
    static Path real(Path path) {
        return Proxy.isProxyClass(path.getClass())
                        && Proxy.getInvocationHandler(path) instanceof InterceptedPath intercepted
                ? intercepted.real
                : path;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("getFileSystem")) {
            return InterceptedFileSystem.INSTANCE;
        }
        try {
            Object result = method.invoke(real, arguments == null ? null : real(arguments));
            return result instanceof Path path ? of(path) : result;
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static Object[] real(Object[] arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument instanceof Path path ? real(path) : argument)
                .toArray();
    }
}
