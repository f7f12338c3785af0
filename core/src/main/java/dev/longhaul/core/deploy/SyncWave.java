package dev.longhaul.core.deploy;

import java.util.List;

/**
 * Applications that can be synced at once.
 */
public record SyncWave(List<Member> members) {

	public SyncWave {
		members = List.copyOf(members);
	}

	/**
	 * @param reason why it comes now: whom it had to wait for
	 */
	public record Member(ArgoApplication application, String reason) {
	}

}
