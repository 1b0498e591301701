#pragma once
#include <wx/frame.h>
#include <wx/timer.h>

#include <functional>

#include "base/Problem.h"
#include "base/Words.h"
#include "ui/kit/Kit.h"
#include "ui/shell/Options.h"

namespace tram::shell {

/// Stands there while the station cannot serve anybody yet: says why, to a technician, and tries again each
/// second.
class SetupFrame final : public wxFrame {
  public:
    SetupFrame(const Options& options, const base::Words& words, base::Problem problem,
               std::function<void()> again);
    void show(const base::Problem& problem);
    kit::Surface& surface() { return *surface_; }

  private:
    const base::Words& words_;
    kit::Surface* surface_;
    wxTimer timer_;
};

}  // namespace tram::shell
