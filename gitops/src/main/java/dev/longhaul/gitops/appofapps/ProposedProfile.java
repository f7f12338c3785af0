package dev.longhaul.gitops.appofapps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.longhaul.core.workload.Mount;

/**
 * How an application could be made quiet, by the images of what mounts its claims. One
 * that is only guessed is a comment: a wrong profile stops what it should not.
 *
 * @param text of a definition, indented as a part of its {@code spec}
 */
record ProposedProfile(String text) {

	private static final String PAGE = "docs/profiles.md says more";

	static ProposedProfile of(List<Mount> mounts) {
		List<Recognised> all = mounts.stream().flatMap(mount -> Recognised.of(mount).stream()).toList();
		List<Recognised> programs = all.stream().filter(found -> !found.kind().isDatabase()).toList();
		if (mounts.isEmpty()) {
			return comment("nothing mounts its claims now", "");
		}
		if (all.isEmpty()) {
			return comment("none is known for " + images(mounts), "");
		}
		if (programs.size() == 1) {
			return program(programs.get(0), all);
		}
		Recognised first = all.get(0);
		if (programs.isEmpty() && all.size() == 1 && mounts.size() == 1) {
			return new ProposedProfile(first.profile("  "));
		}
		return comment(
				(all.size() > 1) ? "more than one could be meant, " + images(mounts)
						: "%s is not alone on these volumes, %s".formatted(first.kind().word(), images(mounts)),
				first.profile("  # "));
	}

	private static ProposedProfile program(Recognised program, List<Recognised> all) {
		List<Recognised> databases = all.stream().filter(found -> found.kind() == Recognised.Kind.POSTGRESQL).toList();
		if (program.kind() == Recognised.Kind.NEXTCLOUD && program.mount().image().contains("linuxserver/")) {
			return comment("the image of linuxserver.io has occ and its files elsewhere, fill in directory and occ",
					program.profile("  # "));
		}
		if (program.kind() != Recognised.Kind.GITEA) {
			return new ProposedProfile(program.profile("  "));
		}
		if (databases.size() > 1) {
			return comment("Gitea has more than one PostgreSQL beside it, fill in database", program.profile("  # "));
		}
		String database = databases.stream()
			.map(found -> "      database: " + DeployedApplication.flow(found.mount().place()) + "\n")
			.findFirst()
			.orElse("      # database: only if it is a PostgreSQL, with its container\n");
		return new ProposedProfile(program.profile("  ") + database);
	}

	private static ProposedProfile comment(String reason, String profile) {
		return new ProposedProfile("  # No profile: %s. %s.\n%s".formatted(reason, PAGE, profile));
	}

	private static String images(List<Mount> mounts) {
		return mounts.stream().map(Mount::image).distinct().sorted().collect(Collectors.joining(", "));
	}

	/** A program whose profile is built in. */
	private record Recognised(Kind kind, Mount mount) {

		/** The programs, by the last part of their images. */
		private enum Kind {

			NEXTCLOUD("nextcloud", "nextcloud"),

			VAULTWARDEN("vaultwarden", "vaultwarden/server"),

			GITEA("gitea", "gitea"),

			POSTGRESQL("postgresql", "postgres|postgresql"),

			MARIADB("mariadb", "mariadb|mysql");

			private final String word;

			private final String images;

			Kind(String word, String images) {
				this.word = word;
				this.images = images;
			}

			String word() {
				return word;
			}

			boolean isDatabase() {
				return this == POSTGRESQL || this == MARIADB;
			}

			boolean isOf(String repository) {
				return ("/" + repository).matches(".*/(" + images + ")");
			}

		}

		static Optional<Recognised> of(Mount mount) {
			String repository = mount.image().replaceAll("@.*$", "").replaceAll(":[^/]*$", "");
			return Arrays.stream(Kind.values())
				.filter(kind -> kind.isOf(repository))
				.map(kind -> new Recognised(kind, mount))
				.findFirst();
		}

		String profile(String indent) {
			List<String> lines = new ArrayList<>(List.of("profile:", "  " + kind.word() + ":"));
			lines.add((kind == Kind.GITEA) ? "    workload: " + DeployedApplication.flow(mount.place().workload())
					: "    in: " + DeployedApplication.flow(mount.place()));
			return lines.stream().map(line -> indent + line + "\n").collect(Collectors.joining());
		}

	}

}
