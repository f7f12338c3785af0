package dev.longhaul.restore.run;

import java.util.Optional;

import dev.longhaul.core.cluster.RestoredVolume;

/**
 * What volumes are made of backups for.
 */
enum Purpose {

	/** To be what its backup was, for its claim. */
	USE {

		@Override
		boolean isReached(RestoredVolume volume) {
			return volume.isRestored();
		}

		@Override
		Optional<String> obstacle(RestoredVolume ours) {
			return ours.standby() ? Optional
				.of("volume '%s' stands by, and 'longhaul restore standby activate' makes it one that can be used"
					.formatted(ours.name())) : Optional.empty();
		}

	},

	/** To follow the newest backup, for the day on which it is activated. */
	FOLLOW {

		@Override
		boolean isReached(RestoredVolume volume) {
			return volume.isFollowing();
		}

		@Override
		Optional<String> obstacle(RestoredVolume ours) {
			return ours.standby() ? Optional.empty() : Optional
				.of("volume '%s' does not stand by: it was activated, or restored to be used".formatted(ours.name()));
		}

	};

	/** Whether nothing is left to be waited for. */
	abstract boolean isReached(RestoredVolume volume);

	/**
	 * Why a volume that a run of the same plan has made is none for this purpose.
	 */
	abstract Optional<String> obstacle(RestoredVolume ours);

}
