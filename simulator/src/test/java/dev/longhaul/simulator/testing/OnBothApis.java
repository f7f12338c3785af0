package dev.longhaul.simulator.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.longhaul.simulator.kubelet.ControlPlaneKind;

/**
 * A test class that runs over the mock API and over a real kube-apiserver. Its
 * constructor takes the {@link ControlPlaneKind}, its tests a {@link NodeSession}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@EnumSource(ControlPlaneKind.class)
public @interface OnBothApis {

}
