// tram-camera: the one process that touches foreign pictures and the camera. Started by the kiosk, or by
// `tram scan`; it holds no rights, and each of its commands gives away most of what is left (Confine.h).
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <map>
#include <opencv2/core.hpp>
#include <string_view>

#include "camera/Commands.h"
#include "camera/Confine.h"
#include "device/PageFrame.h"
#include "device/PictureFrame.h"

int main(int count, char** arguments) {
    using namespace tram;
    static const std::map<std::string_view, int (*)()> kCommands = {
        {device::kPrepareCommand, camera::prepare},
        {device::kPageCommand, camera::page},
        {"watch", camera::watch},
        {"scan", camera::scanFile}};
    const auto command = kCommands.find(count == 2 ? arguments[1] : "");
    if (command == kCommands.end()) return static_cast<int>(device::PictureExit::Failed);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return static_cast<int>(device::PictureExit::Failed);
    camera::goFirst();
    cv::setNumThreads(0);  // RLIMIT_NPROC leaves none
    // No static destructors of a hundred image libraries: everything has been said.
    _exit(command->second());
}
