#pragma once
#include "turn/TurnFlow.h"
#include "ui/screens/Host.h"

namespace tram::screens {

/// Which errand a turn, or an appointment, is for.
struct TurnErrand {
    std::string office;                    ///< this ward's code
    std::string procedure, code, title{};  ///< of the catalogue's entry; "" for any errand
};

/// *Lấy số*: the desks of this ward's office, and the number that one of them has given.
class TurnScreen final : public Screen {
  public:
    TurnScreen(Host& host, TurnErrand errand);
    std::string name() const override;
    Page render() override;
    std::optional<assist::Errand> helpedErrand() const override { return assist::Errand::TakeNumber; }
    bool back() override;

    turn::TurnFlow& flow() { return flow_; }  ///< for the tour

  private:
    Page waiting(const std::string& text);
    Page desks(const wire::TurnBoard& board);
    kit::ViewRef deskRow(const wire::TurnDesk& desk, std::size_t at);
    Page ticket(const turn::situation::HasNumber& state);
    Page none(const turn::situation::NoNumber& state);
    Page notOffered(bool appointments);
    Page failed(const turn::situation::TurnFailed& state);
    kit::ButtonOptions askForDay(bool main);
    std::vector<kit::ButtonOptions> otherWays(bool appointments);

    Host& host_;
    TurnErrand errand_;
    turn::TurnFlow flow_;
};

/// "Còn 3 người trước", what else is known of a wait.
std::string aheadText(const Host& host, const wire::TurnTicket& ticket);
/// The number's own page for a phone.
std::string ticketLink(const Host& host, const wire::TurnTicket& ticket);
/// By which the visit is rated, today: what a scanner of ours reads as a ticket. Of one with a token alone.
std::string visitLink(const Host& host, const wire::TurnTicket& ticket);

}  // namespace tram::screens
