package dev.longhaul.scheduler.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a caller may do.
 */
public enum Scope {

	/** See everything; no answer holds a secret. */
	READ("read"),

	/** Start and stop runs, and change what is declared in Git. */
	OPERATE("operate"),

	/** Restore and migrate, which overwrites data. */
	RESTORE("restore"),

	/** Everything, and who may do what. */
	ADMIN("admin");

	private final String word;

	Scope(String word) {
		this.word = word;
	}

	/** As it is written in requests, configuration and documents. */
	public String word() {
		return word;
	}

	public static Optional<Scope> of(String word) {
		return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
	}

	/** Whether whoever has these may do what needs this one. */
	public boolean isWithin(Collection<Scope> held) {
		return held.contains(this) || held.contains(ADMIN) || (this == READ && !held.isEmpty());
	}

	/** In the order of their power: {@code read operate}. */
	public static String words(Collection<Scope> scopes) {
		return Arrays.stream(values()).filter(scopes::contains).map(Scope::word).collect(Collectors.joining(" "));
	}

	static Set<Scope> parse(String words) {
		Set<Scope> scopes = EnumSet.noneOf(Scope.class);
		for (String word : words.split(" ", -1)) {
			of(word).ifPresent(scopes::add);
		}
		return scopes;
	}

	@Override
	public String toString() {
		return word;
	}

}
