export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: {
      contacts: {
        Row: { id: string; name: string | null; type: Database["public"]["Enums"]["contact_type"]; created_at: string }
        Insert: { id?: string }
        Update: { id?: string }
        Relationships: []
      }
      contact_phones: {
        Row: { id: string; contact_id: string; e164: string | null; raw: string; label: string | null; is_primary: boolean; tenant_id: string }
        Insert: { id?: string }
        Update: { id?: string }
        Relationships: [
          { foreignKeyName: "contact_phones_tenant_id_contact_id_fkey"; columns: ["contact_id"]; isOneToOne: false; referencedRelation: "contacts"; referencedColumns: ["id"] }
        ]
      }
      phone_numbers: {
        Row: { id: string; e164: string; label: string | null; provider_answers_keywords: boolean; sending_segments_per_second: number; version: number; created_at: string }
        Insert: { id?: string; e164: string; label?: string | null }
        Update: { id?: string; e164?: string; label?: string | null; provider_answers_keywords?: boolean }
        Relationships: []
      }
      sms_messages: {
        Row: { id: string; conversation_id: string; body: string }
        Insert: { id?: string; conversation_id: string; body: string; from_number: string; phone_number_id: string; to_number: string }
        Update: { id?: string }
        Relationships: []
      }
    }
    Views: {
      conversation_list: { Row: { id: string | null; unread_count: number | null; last_message_at: string | null }; Relationships: [] }
      thread_entries: { Row: { id: string | null; at: string | null; contact_id: string | null; conversation_id: string | null }; Relationships: [] }
      failed_events: { Row: { id: string | null; received_at: string | null }; Relationships: [] }
    }
    Functions: {
      my_session: { Args: never; Returns: { user_id: string }[] }
      create_tenant: { Args: { p_country?: string; p_display_name: string; p_id: string; p_name: string; p_timezone: string }; Returns: string }
      mark_conversation_read: { Args: { p_conversation: string }; Returns: undefined }
      mark_conversation_unread: { Args: { p_conversation: string }; Returns: undefined }
    }
    Enums: {
      contact_type: "lead" | "customer" | "vendor" | "partner"
      conversation_status: "open" | "pending" | "resolved" | "closed" | "archived" | "snoozed"
      member_role: "owner" | "manager" | "dispatcher" | "estimator" | "tech" | "bookkeeper"
      message_direction: "inbound" | "outbound"
      message_status: "draft" | "scheduled" | "queued" | "sending" | "unknown" | "sent" | "undelivered" | "failed" | "delivered" | "canceled" | "blocked" | "received"
      timeline_kind: "sms" | "consent"
    }
    CompositeTypes: { [_ in never]: never }
  }
}

export const Constants = {
  public: {
    Enums: {
      contact_type: ["lead", "customer", "vendor", "partner"],
      conversation_status: ["open", "pending", "resolved", "closed", "archived", "snoozed"],
      member_role: ["owner", "manager", "dispatcher", "estimator", "tech", "bookkeeper"],
      message_direction: ["inbound", "outbound"],
      message_status: ["draft", "scheduled", "queued", "sending", "unknown", "sent", "undelivered", "failed", "delivered", "canceled", "blocked", "received"],
      timeline_kind: ["sms", "consent"],
    },
  },
} as const
