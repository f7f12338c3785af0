package dev.longhaul.simulator.longhorn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.longhaul.longhorn.crd.VolumeStatus;
import dev.longhaul.longhorn.crd.volumestatus.Conditions;

/**
 * The conditions in a volume's status.
 */
final class VolumeConditions {

	private VolumeConditions() {
	}

	static boolean has(VolumeStatus status, String type, String reason) {
		return Objects.requireNonNullElse(status.getConditions(), List.<Conditions>of())
			.stream()
			.anyMatch(condition -> type.equals(condition.getType()) && reason.equals(condition.getReason()));
	}

	/**
	 * @param now when it becomes so, if it was not
	 */
	static void set(VolumeStatus status, String type, String value, String reason, String message, String now) {
		List<Conditions> conditions = new ArrayList<>(Objects.requireNonNullElse(status.getConditions(), List.of()));
		Conditions condition = conditions.stream()
			.filter(each -> type.equals(each.getType()))
			.findFirst()
			.orElseGet(Conditions::new);
		if (!conditions.contains(condition)) {
			conditions.add(condition);
		}
		if (!value.equals(condition.getStatus())) {
			condition.setLastTransitionTime(now);
		}
		condition.setType(type);
		condition.setStatus(value);
		condition.setReason(reason);
		condition.setMessage(message);
		condition.setLastProbeTime("");
		status.setConditions(conditions);
	}

}
