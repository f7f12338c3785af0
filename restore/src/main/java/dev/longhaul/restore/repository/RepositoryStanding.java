package dev.longhaul.restore.repository;

import java.util.List;

/**
 * How a restored repository is, and how it stands to the commit that a night recorded.
 */
public sealed interface RepositoryStanding {

	/** In a line, for people. */
	String told();

	/**
	 * Whether Argo CD can be given what it holds, with nothing missing that was known.
	 */
	boolean serves();

	/** Its newest commit is the recorded one. */
	record Same(String recorded) implements RepositoryStanding {

		@Override
		public String told() {
			return "whole, at commit %s, which the night recorded".formatted(shortened(recorded));
		}

		@Override
		public boolean serves() {
			return true;
		}

	}

	/**
	 * It has the recorded commit and newer ones.
	 *
	 * @param ahead how many, at least 1
	 */
	record Newer(String head, String recorded, long ahead) implements RepositoryStanding {

		@Override
		public String told() {
			return "whole, at commit %s, %d newer than %s, which the night recorded".formatted(shortened(head), ahead,
					shortened(recorded));
		}

		@Override
		public boolean serves() {
			return true;
		}

	}

	/** Whole, and nobody recorded a commit to compare it with. */
	record Sound(String head) implements RepositoryStanding {

		@Override
		public String told() {
			return "whole, at commit %s; no night recorded one to compare it with".formatted(shortened(head));
		}

		@Override
		public boolean serves() {
			return true;
		}

	}

	/**
	 * Whole, and without the recorded commit on any of its branches.
	 *
	 * @param head empty if it has no commit at all
	 * @param known whether it has that commit all the same, on no branch
	 */
	record Older(String head, String recorded, boolean known) implements RepositoryStanding {

		@Override
		public String told() {
			String at = head.isEmpty() ? "whole and empty" : "whole, at commit " + shortened(head);
			return known ? "%s; no branch of it has %s, which the night recorded".formatted(at, shortened(recorded))
					: "%s; it lacks %s, which the night recorded".formatted(at, shortened(recorded));
		}

		@Override
		public boolean serves() {
			return false;
		}

	}

	/**
	 * Git finds it broken.
	 *
	 * @param said the first words of {@code git fsck}
	 */
	record Damaged(List<String> said) implements RepositoryStanding {

		public Damaged {
			said = List.copyOf(said);
		}

		@Override
		public String told() {
			return "damaged: " + (said.isEmpty() ? "git fsck does not say how" : String.join("; ", said));
		}

		@Override
		public boolean serves() {
			return false;
		}

	}

	/**
	 * There is no such repository.
	 *
	 * @param looked where
	 */
	record Absent(String looked) implements RepositoryStanding {

		@Override
		public String told() {
			return "absent: " + looked;
		}

		@Override
		public boolean serves() {
			return false;
		}

	}

	private static String shortened(String commit) {
		return commit.substring(0, Math.min(commit.length(), 12));
	}

}
