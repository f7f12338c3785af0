package dev.longhaul.core.run;

import java.util.List;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.verdict.Copy;
import dev.longhaul.core.verdict.Doubt;
import dev.longhaul.core.verdict.Place;
import dev.longhaul.core.verdict.Proof;
import dev.longhaul.core.verdict.Verdict;

/**
 * Where the data of a night lies, as it was when the night was judged. With it a verdict
 * can be reached again, over what was found out since.
 *
 * @param live where the volumes run
 * @param target where the night's backups are
 */
public record Places(Place live, Place target) {

	/**
	 * @param backups the copies besides the live volumes; none if there is no restore
	 * point
	 * @param doubts places of which nobody knows
	 */
	public Verdict judge(ApplicationName application, List<Copy> backups, List<Doubt> doubts) {
		return Verdict.judge(application, live.copy(new Proof.Unread("live volumes are not read back")), backups,
				doubts);
	}

}
