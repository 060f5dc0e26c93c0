package io.mediakeep.testing.disk;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Set;

/** The default file system, in which the operations below each intercepted directory use its {@link Disk}. */
final class InterceptedFileSystem extends FileSystem {
    static final FileSystem INSTANCE = new InterceptedFileSystem();

    private static final FileSystem FILES = FileSystems.getDefault();
    private static final FileSystemProvider PROVIDER = new InterceptedFileSystemProvider();

    private InterceptedFileSystem() {}

    @Override
    public FileSystemProvider provider() {
        return PROVIDER;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return FILES.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return FILES.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return FILES.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return InterceptedPath.of(FILES.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        PathMatcher matcher = FILES.getPathMatcher(pattern);
        return path -> matcher.matches(InterceptedPath.real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }
}
