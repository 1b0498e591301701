#pragma once
#include "identity/Login.h"

namespace tram::shell {

/// A login that is in the situation it is told, for the tour: nobody holds a phone there.
class StagedLogin final : public identity::Login {
  public:
    StagedLogin(identity::LoginState situation, int secondsLeft)
        : situation_(std::move(situation)), secondsLeft_(secondsLeft) {}
    const identity::LoginState& state() const override { return state_; }
    int secondsLeft() const override { return secondsLeft_; }
    bool mayHaveMoreTime() const override { return true; }
    void begin() override {
        state_ = situation_;
        if (onChange) onChange();
    }
    void moreTime() override { begin(); }
    void cancel() override { state_ = identity::situation::Idle{}; }

  private:
    identity::LoginState situation_, state_ = identity::situation::Idle{};
    int secondsLeft_;
};

}  // namespace tram::shell
