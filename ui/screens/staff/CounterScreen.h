#pragma once
#include "ui/screens/Host.h"

namespace tram::screens {

/// The start page of a counter's PC and of a helper's laptop: whoever signs in.
class CounterScreen final : public Screen {
  public:
    explicit CounterScreen(Host& host) : host_(host) {}
    std::string name() const override { return "counter"; }
    Page render() override;

  private:
    Host& host_;
};

}  // namespace tram::screens
