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

    /** What an operator allows; in all no more than half of the files that this process may open from now on. */
    public ConnectionLimits(ListenSettings listen, TrustedProxies proxies) {
        this.most = affordable(listen.connections());
        this.mostOfOne = listen.connectionsPerAddress();
        this.proxies = proxies;
        if (most < listen.connections()) {
            log.info("This process may open so few files that connections are limited to {}", most);
        }
    }

    /** The other half is for the files that are sent and received, the database, and other servers. */
    private static int affordable(int wanted) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long left = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
            return (int) Math.max(1, Math.min(wanted, left / 2));
        }
        return wanted;
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
