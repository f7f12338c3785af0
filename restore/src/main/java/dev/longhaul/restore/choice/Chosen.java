package dev.longhaul.restore.choice;

import java.util.List;

/**
 * What would be restored of a bucket, and what not.
 *
 * @param points by application, those that nights recorded first
 * @param missing what a whole restore would have, and this one has not
 * @param leftOut what is there and not wanted
 * @param repository what is known of the one that declares the applications
 */
public record Chosen(List<ChosenPoint> points, List<Absence> missing, List<Absence> leftOut,
		RecordedRepository repository) {

	public Chosen {
		points = List.copyOf(points);
		missing = List.copyOf(missing);
		leftOut = List.copyOf(leftOut);
	}

	/** The same with what is known of the repository. */
	Chosen with(RecordedRepository known) {
		return new Chosen(points, missing, leftOut, known);
	}

}
