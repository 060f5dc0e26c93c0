package io.mediakeep.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Runs the WAR that it is in: unpacks its classes and libraries once into a directory of the user, and calls the main
 * class that the manifest names as {@code Application-Main}. It uses nothing but the JDK.
 */
public final class Launcher {
    private static final String UNPACKED = "WEB-INF/";

    /** Limits the direct buffer, in bytes, that the JDK caches for each thread; by default that is unlimited. */
    private static final String MAX_CACHED_BUFFER = "jdk.nio.maxCachedBufferSize";

    private Launcher() {}

    /** Runs the WAR. With the only argument {@code --unpack} it prints the directory into which it is unpacked. */
    public static void main(String[] args) throws Exception {
        System.setProperty(
                MAX_CACHED_BUFFER, System.getProperty(MAX_CACHED_BUFFER, "65536")); // read once, at the first write
        Path war = Path.of(Launcher.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (JarFile jar = new JarFile(war.toFile())) {
            Path directory = unpackedOrExit(war, jar);
            if (args.length == 1 && args[0].equals("--unpack")) {
                System.out.println(directory);
                return;
            }
            String main = jar.getManifest().getMainAttributes().getValue("Application-Main");
            @SuppressWarnings("resource") // open as long as the process
            URLClassLoader classes = new URLClassLoader(urls(directory), ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(classes);
            classes.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) args);
        }
    }

    private static Path unpackedOrExit(Path war, JarFile jar) {
        try {
            return unpacked(war, jar);
        } catch (IOException failure) {
            System.err.println("Mediakeep cannot unpack itself: " + failure);
            System.exit(1);
            throw new IllegalStateException(failure);
        }
    }

    private static Path unpacked(Path war, JarFile jar) throws IOException {
        String key = Long.toHexString(Files.size(war)) + "-"
                + Long.toHexString(Files.getLastModifiedTime(war).toMillis());
        Path cache = cacheDirectory();
        PrivateDirectory.create(cache);
        Path directory = cache.resolve(key);
        if (!Files.isDirectory(directory)) {
            Path temporary = Files.createTempDirectory(cache, "unpacking");
            unpack(jar, temporary);
            moveIntoPlace(temporary, directory);
        }
        PrivateDirectory.check(directory);
        return directory;
    }

    /**
     * Another process may have unpacked it first. The JDK reports that by several exceptions, plain ENOTEMPTY among
     * them.
     */
    private static void moveIntoPlace(Path temporary, Path directory) throws IOException {
        try {
            Files.move(temporary, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            delete(temporary);
            if (!Files.isDirectory(directory)) {
                throw failure;
            }
        }
    }

    private static Path cacheDirectory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("mediakeep");
    }

    private static void unpack(JarFile jar, Path directory) throws IOException {
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
            Path target = directory.resolve(entry.getName()).normalize();
            if (entry.isDirectory() || !entry.getName().startsWith(UNPACKED)) {
                continue;
            }
            if (!target.startsWith(directory)) {
                throw new IOException("an entry outside of the directory: " + entry.getName());
            }
            Files.createDirectories(target.getParent());
            try (InputStream bytes = jar.getInputStream(entry)) {
                Files.copy(bytes, target);
            }
        }
    }

    private static URL[] urls(Path directory) throws IOException {
        Path inf = directory.resolve(UNPACKED);
        List<URL> urls = new ArrayList<>();
        for (String lib : new String[] {"lib", "lib-embedded"}) {
            try (Stream<Path> jars = Files.list(inf.resolve(lib)).sorted()) {
                for (Path jar : (Iterable<Path>) jars::iterator) {
                    urls.add(jar.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory).sorted(java.util.Comparator.reverseOrder())) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.delete(path);
            }
        }
    }
}
