package io.mediakeep.outbound.http;

import io.mediakeep.outbound.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A resolver with names set by a test. */
public final class TestResolver implements Resolver {
    private final Map<String, List<String>> responses = new ConcurrentHashMap<>();
    private final List<String> lookups = new CopyOnWriteArrayList<>();

    /** Sets the results of lookups of a name, one after another; the last one is repeated. */
    public TestResolver add(String name, String... addressesWithCommas) {
        responses.put(name, new ArrayList<>(List.of(addressesWithCommas)));
        return this;
    }

    /** The names of all lookups. */
    public List<String> lookups() {
        return lookups;
    }

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        lookups.add(host);
        List<String> left = responses.get(host);
        if (left == null) {
            throw new UnknownHostException(host);
        }
        String response = left.size() > 1 ? left.remove(0) : left.get(0);
        List<InetAddress> addresses = new ArrayList<>();
        for (String literal : response.isEmpty() ? new String[0] : response.split(",")) {
            addresses.add(InetAddress.getByName(literal));
        }
        return addresses;
    }
}
