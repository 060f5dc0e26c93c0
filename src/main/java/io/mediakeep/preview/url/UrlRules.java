package io.mediakeep.preview.url;

import java.net.URI;
import java.util.List;

/**
 * The operator's rules for URLs: {@code allow PATTERN} or {@code deny PATTERN}, see {@link UrlPattern}. The first match
 * decides; without one a URL is allowed. The rules apply to each URL that is requested: those of users, redirects, and
 * links of pages. A path that a server may treat as another, as {@code /x/..%2fsecret}, is denied if either is, and
 * allowed only if both are.
 */
public final class UrlRules {
    private final List<Rule> rules;

    /** Parses rules; {@link IllegalArgumentException} for invalid ones. */
    public UrlRules(List<String> rules) {
        this.rules = rules.stream().map(Rule::parse).toList();
    }

    /** Whether the rules allow a URL. */
    public boolean permit(URI url) {
        return rules.stream()
                .filter(rule -> rule.fits(url))
                .findFirst()
                .map(Rule::allows)
                .orElse(true);
    }

    private record Rule(boolean allows, UrlPattern pattern) {
        boolean fits(URI url) {
            boolean asWritten = pattern.matches(url);
            boolean asReadBySome = pattern.matchesLeniently(url);
            return allows ? asWritten && asReadBySome : asWritten || asReadBySome;
        }

        static Rule parse(String text) {
            String[] words = text.strip().split("\\s+", -1);
            if (words.length != 2 || !(words[0].equals("allow") || words[0].equals("deny"))) {
                throw new IllegalArgumentException(
                        "must be 'allow' or 'deny' and a pattern, such as deny *.example.org");
            }
            return new Rule(words[0].equals("allow"), UrlPattern.parse(words[1]));
        }
    }
}
