#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "account/MyLine.h"
#include "assist/Duty.h"
#include "base/Scheduler.h"
#include "base/Words.h"
#include "campaign/KeptReports.h"
#include "content/Alerts.h"
#include "content/City.h"
#include "content/Hotlines.h"
#include "content/WardDirectory.h"
#include "device/AgentState.h"
#include "device/Camera.h"
#include "device/KioskConfig.h"
#include "device/Printer.h"
#include "feedback/FeedbackFlow.h"
#include "identity/Login.h"
#include "identity/ScannedText.h"
#include "link/PhoneUploads.h"
#include "outbox/Outbox.h"
#include "paper/Typeset.h"
#include "rating/Asked.h"
#include "survey/OneTimeToken.h"
#include "ui/kit/Kit.h"
#include "ui/kit/MapGround.h"
#include "wire/Appointment.h"
#include "wire/DossierCode.h"
#include "wire/DossierStatus.h"
#include "wire/Enrolment.h"
#include "wire/FeedbackFields.h"
#include "wire/Turn.h"
#include "wire/Watch.h"

namespace tram::screens {

/// What a resident has set for this session; the wipe resets all of it.
struct Session {
    std::string language = "vi";
    int textPercent = 100;
    bool highContrast = false;
    bool lowered = false;
    std::shared_ptr<const identity::ResidentSession> resident;  ///< who has logged in; nobody has to
    std::vector<wire::TurnTicket> tickets;                      ///< numbers taken: one for each desk
    /// Home's tiles as a resident has ordered them, and how much news there is, as far as the gateway has
    /// told.
    struct Chosen {
        std::shared_ptr<const identity::ResidentSession> whose;  ///< nobody else sees them so
        std::vector<std::string> services;
        std::size_t news = 0;
    } chosen = {};
};

/// What screens may ask of the rest of the house. The functions that say "blocks" are called in the
/// background.
struct Services {
    const device::KioskConfig& config;
    const base::Clock& clock;
    base::Scheduler& scheduler;
    const content::WardDirectory& wards;
    std::vector<content::Hotline> hotlines;
    wire::EnrolmentAnswer station;
    std::shared_ptr<outbox::Outbox> outbox;
    std::function<base::Result<wire::FeedbackFields>()> fields;
    std::function<base::Result<wire::FeedbackStatus>(const std::string&, const base::SecretText&)>
        status;                                       // blocks
    std::function<base::Result<void>()> callOfficer;  // blocks
    std::function<base::Result<feedback::DraftPicture>(const std::filesystem::path&)>
        preparePicture;                                                                          // blocks
    std::function<base::Result<feedback::DraftPicture>(const base::SecretBytes&)> prepareBytes;  // blocks
    std::shared_ptr<link::PhoneUploads> phoneUploads;
    /// A new login, not begun.
    std::function<std::unique_ptr<identity::Login>()> login;
    std::function<base::Result<link::MyReports>(const base::SecretText& accessToken)> myReports;    // blocks
    std::function<base::Result<wire::DossierStatus>(const std::string& code)> dossier;              // blocks
    std::function<base::Result<wire::MyDossiers>(const base::SecretText& accessToken)> myDossiers;  // blocks
    /// The same, with the secret of its slip: then it says whether it may be rated. Null where nobody can.
    std::function<base::Result<wire::DossierStatus>(const std::string& code,
                                                    const base::SecretText& slipSecret)>
        dossierBySlip = nullptr;  // blocks
    /// How an office is rated, by its name or a ward's five digits; null where nothing is told.
    std::function<base::Result<wire::OfficeRating>(const std::string& office)> officeRating =
        nullptr;  // blocks
    /// What is asked beside the stars; null where nothing is.
    std::shared_ptr<const rating::Asked> ratings = nullptr;
    /// Offices' queues and calendars, and news of a dossier by a message: all of them block.
    std::function<base::Result<wire::TurnBoard>(const std::string& office)> turns = nullptr;
    std::function<base::Result<wire::TurnAnswer>(const std::string& office, const wire::TurnRequest&)>
        takeTurn = nullptr;
    std::function<base::Result<wire::TurnTicket>(const std::string& id)> turn = nullptr;
    std::function<base::Result<wire::AppointmentStatus>(const std::string& code)> appointment = nullptr;
    std::function<base::Result<wire::WatchAnswer>(const std::string& code, const wire::WatchRequest&)>
        watchDossier = nullptr;
    /// What is a dossier's code, by this station's configuration.
    wire::DossierPatterns dossierPatterns;
    /// Whatever residents were logged in here are no longer: by each fresh process.
    std::function<base::Result<void>()> endLogins;  // blocks
    /// Opens the login's link in a browser of this machine; only in a demo that runs in a window. `failed`
    /// comes later, on the UI thread, when none opened.
    std::function<void(const std::string& link, std::function<void()> failed)> pretendPhone;
    /// The alerts in force here, the gravest first; looked at all the time.
    std::function<std::vector<content::ShownAlert>(std::string_view language)> alerts;
    /// What the city knows, as last fetched; the same one until something new has come. Never null.
    std::function<std::shared_ptr<const content::City>()> city;
    /// What lies below maps; null where the station has none.
    std::shared_ptr<const kit::MapGround> map = nullptr;
    /// How a survey that each resident answers once gets its token; blocks.
    survey::TokenService surveyTokens = {};
    /// Off until somebody starts it; null where the station has none.
    std::shared_ptr<device::Camera> camera = nullptr;
    /// What puts pages on paper, and what it is fed with; null where the station has none: then nothing
    /// offers to.
    std::shared_ptr<device::Printer> printer = nullptr;
    paper::Stock stock = paper::Stock::Thermal80;
    /// A short tone, somewhere else; returns at once. Null where the station is to be silent.
    std::function<void()> chime = nullptr;
    /// What a scanned or typed text is, by this station's rules.
    std::function<identity::Scanned(std::string_view text)> readScanned = nullptr;
    /// What a resident has, as the gateway tells it; each blocks.
    account::MyLine mine = {};
    /// Who stands beside residents here; null where nobody can sign in.
    std::shared_ptr<assist::Duty> duty = nullptr;
    /// Whose id that is, by the ward's list; "" when nobody's. Reads a file when there is a newer one.
    std::function<std::string(const std::string& staff)> staffName = nullptr;
    /// Whether somebody on duty is still on the ward's list; true while nothing says otherwise.
    std::function<bool(const assist::StaffSession&)> stillStaff = nullptr;
    /// What was done at the ward's stations (campaign/KeptReports.h); blocks.
    std::function<base::Result<wire::WardReport>(const campaign::ReportQuestion&)> wardReport = nullptr;
};

/// A text field of a page and the keyboard it wants.
struct Field {
    std::shared_ptr<kit::TextEdit> edit;
    kit::KeyboardLayout layout = kit::KeyboardLayout::Vietnamese;
    kit::Action onEnter = nullptr;
};

/// What a screen shows; the shell puts status bar, keyboard and action bar around it.
struct Page {
    kit::ViewRef content;
    bool bare = false;   ///< no action bar (attract page)
    bool whole = false;  ///< neither status bar nor action bar: a page of staff has a head of its own
    bool back = true, end = true, help = true;
    bool staff = false;                     ///< *Gọi cán bộ* instead of *Trợ giúp*: the page asks for it
    std::vector<kit::ButtonOptions> left;   ///< after *Quay lại* and *Kết thúc*
    std::vector<kit::ButtonOptions> right;  ///< the last one is the main action
    std::map<std::string, Field> fields;    ///< by view id
    std::string focus = {};                 ///< the field or button to start in when the page is new
};

/// One situation (or one flow's situations), told by name to the tour, the smoke test and the log.
class Screen {
  public:
    virtual ~Screen() = default;
    virtual std::string name() const = 0;
    virtual Page render() = 0;
    virtual bool back() { return false; }  ///< true when the screen itself went a step back
    /// A hand scanner was used while this stands; true when the screen took what it read.
    virtual bool scanned(identity::Scanned&) { return false; }
    /// Something unfinished wants it, also from below other pages (Host::handBack).
    virtual bool waitsFor(const identity::Scanned&) const { return false; }
    /// Something goes on here that would end with it: nothing that was read takes it away (Host::handBack).
    virtual bool goesOn() const { return false; }
    /// True when another screen has been opened over it, or it has gone itself; false whenever it stands on
    /// top, the first time too: what only one screen can have (the camera) is taken then, and not before.
    virtual void covered(bool) {}
    /// What is done here, where staff who help with it need more than to have signed in; Host::open asks.
    virtual std::optional<assist::Errand> helpedErrand() const { return std::nullopt; }
    /// Shows nothing of anybody, and leads to nothing that does: it may be opened while a station is locked.
    virtual bool standsOverLock() const { return false; }
    /// What is being written here, as it is kept for who is helped; nothing where that is not wanted.
    virtual std::optional<base::SecretText> draft() const { return std::nullopt; }
};

/// What a screen may do to the world around it.
class Host {
  public:
    virtual ~Host() = default;
    virtual const kit::Theme& theme() const = 0;
    virtual std::string tr(std::string_view key) const = 0;
    virtual std::string tr(std::string_view key, const base::Words::Values& values) const = 0;
    /// In both languages, one after the other: what somebody types may be either.
    virtual std::string trBoth(std::string_view key) const = 0;
    virtual const Session& session() const = 0;
    virtual void setSession(Session session) = 0;  ///< language, text, colours, height; draws anew
    virtual const Services& services() const = 0;
    virtual device::AgentState::Link link() const = 0;
    bool online() const { return link() == device::AgentState::Link::Online; }
    virtual void refresh() = 0;                             ///< draw the current screen again
    virtual void open(std::unique_ptr<Screen> screen) = 0;  ///< over the current one; *Quay lại* returns
    virtual void back() = 0;
    /// To the page below that waits for what was read; false where none waits. Those above it go, down to one
    /// that goes on: the answer then opens over that.
    virtual bool handBack(identity::Scanned& read) = 0;
    virtual void home() = 0;                            ///< drops every screen but home
    virtual void start() = 0;                           ///< from the attract page
    virtual void endSession() = 0;                      ///< the wipe
    virtual void repaint(const std::string& id) = 0;    ///< only this view, where it stands (a film's frame)
    virtual void leaveField() = 0;                      ///< puts the keyboard away
    virtual void intoField(const std::string& id) = 0;  ///< to this page's field, whatever was pressed
    virtual void reveal(std::string id) = 0;            ///< scrolls to a view once the page is drawn
    virtual bool hasReadAlert(const std::string& key) const = 0;
    virtual void alertRead(const std::string& key) = 0;  ///< it covers no page of this session any more
    virtual void callOfficer() = 0;                      ///< *Gọi cán bộ*
    /// Something is under way on a phone: the idle clock stands until released. Calls add up.
    virtual void holdSession(bool hold) = 0;
    /// *Cán bộ*; `badge`: one that was held up already, or empty.
    virtual void signInStaff(base::SecretText badge) = 0;
    /// Somebody has signed in beside residents, or has unlocked their session.
    virtual void beginStaff(assist::StaffSession session) = 0;
    virtual void staffUnlocked() = 0;
    /// *Người tiếp theo*: the wipe; who is on duty stays.
    virtual void nextResident(assist::Disposition disposition) = 0;
    virtual void lockStaff() = 0;
    virtual void endStaff() = 0;
};

}  // namespace tram::screens
