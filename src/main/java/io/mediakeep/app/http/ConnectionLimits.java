package io.mediakeep.app.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.mediakeep.config.ListenSettings;
import io.mediakeep.limits.TrustedProxies;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections there are, in all and of each address, and how many there may be. */
public final class ConnectionLimits {
    private static final Logger log = LoggerFactory.getLogger(ConnectionLimits.class);

    private final int most;
    private final int mostOfOne;
    private final TrustedProxies proxies;
    private final Map<String, Integer> ofEach = new HashMap<>();
    private int count;

    /** What a connection takes of the heap between two requests: 6.5 KiB were measured. */
    private static final long BYTES_OF_CONNECTION = 7 * 1024;

    /** Which part of the heap connections may take. */
    private static final int SHARES_OF_HEAP = 6;

    /**
     * What an operator allows; in all no more than half of the files that this process may open from now on, and than fit
     * into a part of the heap.
     */
    public ConnectionLimits(ListenSettings listen, TrustedProxies proxies) {
        this.most = affordable(listen.connections());
        this.mostOfOne = listen.connectionsPerAddress();
        this.proxies = proxies;
        if (most < listen.connections()) {
            log.info("Connections are limited to {} by the heap or by the files that this process may open", most);
        }
    }

    /** The other half is for the files that are sent and received, the database, and other servers. */
    private static int affordable(int wanted) {
        long fitting = Math.min(wanted, Runtime.getRuntime().maxMemory() / SHARES_OF_HEAP / BYTES_OF_CONNECTION);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long left = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
            return (int) Math.max(1, Math.min(fitting, left / 2));
        }
        return (int) fitting;
    }

    /** Counts a connection from this address; answers false, and does not count it, when it is one too many. */
    synchronized boolean enter(String address) {
        String counted = TrustedProxies.countedUnder(address);
        int others = ofEach.getOrDefault(counted, 0);
        if (count >= most || (others >= mostOfOne && !proxies.trusted(address))) {
            return false;
        }
        count++;
        ofEach.put(counted, others + 1);
        return true;
    }

    /** Counts one less from this address. */
    synchronized void leave(String address) {
        count--;
        ofEach.computeIfPresent(
                TrustedProxies.countedUnder(address), (counted, number) -> number > 1 ? number - 1 : null);
    }
}
