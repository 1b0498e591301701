#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/Result.h"
#include "wire/Appointment.h"

/// What the gateway says of what a resident who has logged in has; GET /v1/me/…. Readers pass over members
/// that later versions add.
namespace tram::wire {

/// One thing of theirs that has changed since they last looked.
struct MyNotice {
    enum class About { Report, Dossier };
    About about = About::Report;
    std::string code;       ///< a tracking code, or a dossier's
    std::string title;      ///< a report's field, by its id; a dossier's procedure
    std::string state;      ///< as FeedbackStatus or DossierStatus names it
    std::string changedAt;  ///< RFC 3339; "" when not told
    bool operator==(const MyNotice&) const = default;
};
std::string_view name(MyNotice::About about);  ///< "report", "dossier"

/// GET /v1/me/notices
struct MyNotices {
    static constexpr std::size_t kMost = 300;
    std::vector<MyNotice> notices;  ///< newest first
    std::string since;              ///< when the list was last acknowledged (RFC 3339); "" for never
    bool dossiersSilent = false;    ///< their source did not answer: there may be more
    std::string asOf;

    std::string toJson() const;
    static base::Result<MyNotices> parse(std::string_view json);
};

/// POST /v1/me/notices/seen: exactly what was shown, so that what changes meanwhile is news next time.
struct NoticesSeen {
    static constexpr std::size_t kMaxBytes = 64 * 1024;
    struct One {
        MyNotice::About about = MyNotice::About::Report;
        std::string code, state;
    };
    std::vector<One> items;

    std::string toJson() const;
    static base::Result<NoticesSeen> parse(std::string_view json);
};

/// A personal document that the city's source lists: its name and its dates, never what is in it.
struct MyDocument {
    std::string name, issuer;
    std::string issued, expires;  ///< YYYY-MM-DD; "" when not told
    std::string link;             ///< https; where it is opened on the phone; "" for the list's own
};
/// GET /v1/me/documents
struct MyDocuments {
    static constexpr std::size_t kMost = 100;
    std::vector<MyDocument> documents;
    std::string link;  ///< where they are opened, https; may be ""
    std::string source, asOf;

    std::string toJson() const;
    static base::Result<MyDocuments> parse(std::string_view json);
};

/// GET /v1/me/account: what the provider lets people put right, and where. Who they are the kiosk knows.
struct MyAccount {
    std::string provider, providerEn;    ///< as residents know it
    std::vector<std::string> updatable;  ///< "name", "phone", …: the operator's profile file says so
    std::string link;                    ///< https; "" when the profile names none

    std::string toJson() const;
    static base::Result<MyAccount> parse(std::string_view json);
};

/// A day at an office's counter that was asked for while logged in.
struct MyAppointment {
    std::string code, office;
    std::string procedure;  ///< its name; "" for none
    AppointmentState state = AppointmentState::Received;
    std::string day;  ///< YYYY-MM-DD: the confirmed one, else the wished one
    HalfDay half = HalfDay::Morning;
    std::string time;  ///< HH:MM, once confirmed; "" for any of the half day
};
/// GET /v1/me/appointments
struct MyAppointments {
    static constexpr std::size_t kMost = 100;
    std::vector<MyAppointment> appointments;  ///< those asked for last first
    std::string source, asOf;                 ///< source "": the city has none at the moment

    std::string toJson() const;
    static base::Result<MyAppointments> parse(std::string_view json);
};

/// What was consented to with one report, or one appointment.
struct MyConsent {
    /// Field of an appointment, which has none: readers that know only reports get a word they do not know.
    static constexpr std::string_view kAppointment = "appointment";
    std::string code, field;
    std::string disclosure;  ///< "named", "name_hidden"
    std::string version;     ///< of the text: its hash
    std::string givenAt;     ///< RFC 3339
    bool withdrawn = false;  ///< it is not passed on or followed any more
    bool isAppointment = false;
    std::string procedure = {};  ///< of an appointment: its name; "" for none
};
/// GET /v1/me/consents
struct MyConsents {
    static constexpr std::size_t kMost = 100;
    std::vector<MyConsent> consents;  ///< newest first
    std::string asOf;

    std::string toJson() const;
    static base::Result<MyConsents> parse(std::string_view json);
};

/// One use of the law's rights, and how far it is.
struct MyRight {
    std::string code;
    std::string right;       ///< "see", "withdraw", "correct", "delete"
    std::string about;       ///< "all", or a report's tracking code
    std::string state;       ///< "received", "answered", "refused"
    std::string receivedAt;  ///< RFC 3339
    std::string due;         ///< YYYY-MM-DD: the last working day for an answer
    std::string answeredAt;  ///< RFC 3339; "" before
};
/// GET /v1/me/rights
struct MyRights {
    static constexpr std::size_t kMost = 100;
    std::vector<MyRight> rights;  ///< newest first
    std::string asOf;

    std::string toJson() const;
    static base::Result<MyRights> parse(std::string_view json);
};

}  // namespace tram::wire
