#pragma once
#include "base/Problem.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// A Problem in words, in one place: what happened, what was kept, what to do now. Several kinds read the
/// same to a resident; staff see the kind itself in the queue and in `tram doctor`.
struct ProblemText {
    std::string icon, title, what;
    std::vector<std::string> now;
    bool staff = false;     ///< only staff can help: the page offers to call them
    std::string kept = {};  ///< what nobody need worry about
    kit::Mood mood = kit::Mood::Warn;
};
/// `withoutCamera`: what does as well where a camera is in trouble.
ProblemText problemText(const Host& host, const base::Problem& problem,
                        const char* withoutCamera = "problem.camera.now.type");

/// A page that does not come out: what happened, whether it waits, what to do. `state` has a trouble.
ProblemText printText(const Host& host, const device::PrintState& state);

/// Why a picture was not taken, as one line beside the pictures.
std::string pictureProblemText(const Host& host, const base::Problem& problem, int maxPictures);

/// problem.png: icon, title, what, what to do now, and what serves that at once (a button as wide as the
/// card, a code to scan).
kit::ViewRef problemView(const Host& host, const ProblemText& text, kit::ViewRef more = nullptr,
                         kit::ViewRef code = nullptr);

}  // namespace tram::screens
