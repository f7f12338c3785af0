package dev.longhaul.core.verdict;

import org.jspecify.annotations.Nullable;

/**
 * One place where the data of an application exists.
 *
 * @param place for people: {@code live volumes}, {@code s3://bucket@region/path}
 * @param medium the kind of medium, such as {@code block storage}, {@code object storage}
 * @param site where it is, as declared in the configuration; null if nobody said
 * @param immutable whether it can be changed or deleted by whoever holds the cluster's
 * key
 * @param immutabilityEvidence where that answer comes from
 */
public record Copy(String place, String medium, @Nullable String site, Answer immutable, String immutabilityEvidence,
		Proof proof) {

}
