#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// problem.png, for what kept a screen from opening at all.
class ProblemScreen final : public Screen {
  public:
    ProblemScreen(Host& host, base::Problem problem, kit::Action retry)
        : host_(host), problem_(std::move(problem)), retry_(std::move(retry)) {}
    std::string name() const override { return "problem_" + std::string(base::name(problem_.kind)); }
    Page render() override;

  private:
    Host& host_;
    base::Problem problem_;
    kit::Action retry_;
};

}  // namespace tram::screens
