package dev.longhaul.gitops.change;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a change comes to.
 *
 * @param subject the first line of a commit's message
 * @param files the new texts by path; none if there is nothing to change
 * @param basis what it replaces, by a name for people: if that is another one later, the
 * change was decided on something that is no longer there
 * @param notes what is left to whoever wants it
 */
public record Proposal(String subject, SortedMap<String, String> files, SortedMap<String, String> basis,
		List<String> notes) {

	public Proposal {
		files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
		basis = Collections.unmodifiableSortedMap(new TreeMap<>(basis));
		notes = List.copyOf(notes);
	}

	/** Nothing is left to anybody. */
	Proposal(String subject, SortedMap<String, String> files, SortedMap<String, String> basis) {
		this(subject, files, basis, List.of());
	}

}
