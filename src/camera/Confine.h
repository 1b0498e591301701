#pragma once

namespace tram::camera {

enum class Work {
    OnePicture,  ///< standard input to standard output, and then the end
    OneFile,     ///< the same, of a film: more time
    Watching     ///< a socket on standard input, perhaps a video device that is already streaming
};

/// From here on a decoder that has been tricked finds no file, no network, no process, no core and not much
/// time or memory, and does not outlive the kiosk: limits, Landlock where the kernel has it, and a seccomp
/// filter of the few calls that are left. Whatever must be opened is open by now. False when the kernel
/// refuses any of it (but an absent Landlock is no refusal: Linux before 5.13, or not among its `lsm=`).
bool confine(Work work);

/// When memory runs out, the kernel ends this program before the kiosk (proc(5), oom_score_adj).
void goFirst();

}  // namespace tram::camera
