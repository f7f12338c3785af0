package dev.longhaul.scheduler.scenario;

/**
 * Definitions as they lie in a user's repository.
 */
public final class Declared {

	private Declared() {
	}

	/** An application in the namespace of its name, which is not made quiet. */
	public static String application(String name, String... claims) {
		StringBuilder yaml = new StringBuilder("""
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: %s}
				spec:
				  namespace: %s
				  volumes:
				""".formatted(name, name));
		for (String claim : claims) {
			yaml.append("    - claim: ").append(claim).append('\n');
		}
		return yaml.toString();
	}

}
