#pragma once
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/Clock.h"
#include "base/Scheduler.h"
#include "wire/Turn.h"

namespace tram::turn {

namespace situation {
struct AskingBoard {};
/// Which desk; only those that serve the procedure stand in it.
struct Choosing {
    wire::TurnBoard board;
};
struct Taking {
    wire::TurnDesk desk;
};
struct HasNumber {
    wire::TurnTicket ticket;
    bool again = false;  ///< it was taken before in this session
};
/// No number now: the desk is closed, or has none left.
struct NoNumber {
    wire::TurnRefusal refusal;
    std::string desk, opens;
    bool appointments = false;
};
/// The office gives no numbers here, or none for this procedure.
struct NotOffered {
    bool appointments = false;
};
/// No network, the queue does not answer (ServerFault, fact detail = "source"), too many were taken
/// (TooManyRequests), … `taking`: it is not known whether a number was given; again() asks for that one.
struct TurnFailed {
    base::Problem problem;
    bool taking = false;
};
}  // namespace situation
using TurnState =
    std::variant<situation::AskingBoard, situation::Choosing, situation::Taking, situation::HasNumber,
                 situation::NoNumber, situation::NotOffered, situation::TurnFailed>;

/// *Lấy số*: a number of the office's own queue, which needs the line. A session has one for each desk.
class TurnFlow {
  public:
    /// Both block and are called in the background.
    struct Ask {
        std::function<base::Result<wire::TurnBoard>(const std::string& office)> board;
        std::function<base::Result<wire::TurnAnswer>(const std::string& office, const wire::TurnRequest&)>
            take;
    };
    struct Wish {
        std::string office;
        std::string procedure, code;  ///< the catalogue's id and the national code; "" for any errand
    };
    /// `taken`: what this session has taken already.
    TurnFlow(Ask ask, Wish wish, std::vector<wire::TurnTicket> taken, base::Scheduler& scheduler,
             const base::Clock& clock);

    std::function<void()> onChange;
    std::function<void(const wire::TurnTicket&)> onTicket;  ///< a fresh one, to be remembered
    const TurnState& state() const { return state_; }
    const Wish& wish() const { return wish_; }
    bool appointments() const { return appointments_; }  ///< as far as is known
    void start();
    void choose(std::size_t desk);  ///< from Choosing
    void again();                   ///< from TurnFailed: the same once more
    bool back();                    ///< to the desks, if there were several; false otherwise

  private:
    void set(TurnState state);
    void answered(base::Result<wire::TurnBoard> board);
    void take(const wire::TurnDesk& desk);
    void send();
    void taken(base::Result<wire::TurnAnswer> answer);
    const wire::TurnTicket* hadFor(const std::string& desk) const;

    Ask ask_;
    Wish wish_;
    std::vector<wire::TurnTicket> taken_;
    base::Scheduler& scheduler_;
    const base::Clock& clock_;
    TurnState state_ = situation::AskingBoard{};
    std::optional<wire::TurnBoard> board_;
    std::optional<wire::TurnDesk> desk_;        ///< being taken at
    std::optional<wire::TurnRequest> request_;  ///< not answered yet
    bool failedWhileTaking_ = false;
    bool appointments_ = true;
    base::Lifetime lifetime_;
};

}  // namespace tram::turn
