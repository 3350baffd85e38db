export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "attachments": {
                  Row: {
                    "contact_id": string,"created_at": string,"created_by": string | null,"deleted_at": string | null,"deleted_by": string | null,"id": string,"mime_type": string,"name": string,"note_id": string | null,"path": string,"size_bytes": number,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "contact_id": string,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"id"?: string,"mime_type": string,"name": string,"note_id"?: string | null,"path"?: never,"size_bytes": number,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"id"?: string,"mime_type"?: string,"name"?: string,"note_id"?: string | null,"path"?: never,"size_bytes"?: number,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "attachments_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "attachments_deleted_by_fkey"
      columns: ["deleted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "attachments_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "attachments_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "attachments_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "attachments_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "attachments_tenant_id_note_id_fkey"
      columns: ["tenant_id","note_id"]
isOneToOne: false
      referencedRelation: "notes"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"audit_log": {
                  Row: {
                    "action": Database["public"]['Enums']["audit_action"],"actor_id": string | null,"actor_kind": Database["public"]['Enums']["audit_actor"],"created_at": string,"created_by": string | null,"id": string,"line": number,"new_values": Json | null,"old_values": Json | null,"request_id": string | null,"row_id": string,"table_name": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "action": Database["public"]['Enums']["audit_action"],"actor_id"?: string | null,"actor_kind": Database["public"]['Enums']["audit_actor"],"created_at"?: string,"created_by"?: string | null,"id"?: string,"line"?: never,"new_values"?: Json | null,"old_values"?: Json | null,"request_id"?: string | null,"row_id": string,"table_name": string,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "action"?: Database["public"]['Enums']["audit_action"],"actor_id"?: string | null,"actor_kind"?: Database["public"]['Enums']["audit_actor"],"created_at"?: string,"created_by"?: string | null,"id"?: string,"line"?: never,"new_values"?: Json | null,"old_values"?: Json | null,"request_id"?: string | null,"row_id"?: string,"table_name"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "audit_log_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"consents": {
                  Row: {
                    "address": string,"channel": Database["public"]['Enums']["consent_channel"],"created_at": string,"created_by": string | null,"id": string,"line": number,"note": string | null,"purpose": Database["public"]['Enums']["consent_purpose"],"source": Database["public"]['Enums']["consent_source"],"status": Database["public"]['Enums']["consent_status"],"tenant_id": string,"text_version": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "address": string,"channel": Database["public"]['Enums']["consent_channel"],"created_at"?: string,"created_by"?: string | null,"id"?: string,"line"?: never,"note"?: string | null,"purpose": Database["public"]['Enums']["consent_purpose"],"source": Database["public"]['Enums']["consent_source"],"status": Database["public"]['Enums']["consent_status"],"tenant_id": string,"text_version"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "address"?: string,"channel"?: Database["public"]['Enums']["consent_channel"],"created_at"?: string,"created_by"?: string | null,"id"?: string,"line"?: never,"note"?: string | null,"purpose"?: Database["public"]['Enums']["consent_purpose"],"source"?: Database["public"]['Enums']["consent_source"],"status"?: Database["public"]['Enums']["consent_status"],"tenant_id"?: string,"text_version"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "consents_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "consents_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_emails": {
                  Row: {
                    "contact_id": string,"created_at": string,"created_by": string | null,"email": string,"id": string,"is_primary": boolean,"label": string | null,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "contact_id": string,"created_at"?: string,"created_by"?: string | null,"email": string,"id"?: string,"is_primary"?: boolean,"label"?: string | null,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"email"?: string,"id"?: string,"is_primary"?: boolean,"label"?: string | null,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_emails_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_emails_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_emails_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_emails_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_emails_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_phones": {
                  Row: {
                    "contact_id": string,"created_at": string,"created_by": string | null,"e164": string | null,"extension": string | null,"id": string,"is_primary": boolean,"label": string | null,"line_type": Database["public"]['Enums']["line_type"],"raw": string,"tenant_id": string,"type": Database["public"]['Enums']["phone_type"],"updated_at": string,"valid": boolean,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "contact_id": string,"created_at"?: string,"created_by"?: string | null,"e164"?: string | null,"extension"?: string | null,"id"?: string,"is_primary"?: boolean,"label"?: string | null,"line_type"?: Database["public"]['Enums']["line_type"],"raw": string,"tenant_id"?: string,"type"?: Database["public"]['Enums']["phone_type"],"updated_at"?: string,"valid"?: never,"version"?: number
                  }
                  Update: {
                    "contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"e164"?: string | null,"extension"?: string | null,"id"?: string,"is_primary"?: boolean,"label"?: string | null,"line_type"?: Database["public"]['Enums']["line_type"],"raw"?: string,"tenant_id"?: string,"type"?: Database["public"]['Enums']["phone_type"],"updated_at"?: string,"valid"?: never,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_phones_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_phones_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_phones_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_phones_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_phones_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_tags": {
                  Row: {
                    "contact_id": string,"created_at": string,"created_by": string | null,"id": string,"tag_id": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "contact_id": string,"created_at"?: string,"created_by"?: string | null,"id"?: string,"tag_id": string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"id"?: string,"tag_id"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "contact_tags_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_tags_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_tags_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_tags_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contact_tags_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contact_tags_tenant_id_tag_id_fkey"
      columns: ["tenant_id","tag_id"]
isOneToOne: false
      referencedRelation: "tags"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"contacts": {
                  Row: {
                    "created_at": string,"created_by": string | null,"custom_values": NonNullable<Json>,"deleted_at": string | null,"deleted_by": string | null,"erased_at": string | null,"id": string,"job_title": string | null,"merged_into_id": string | null,"name": string | null,"organization_id": string | null,"sort_name": string,"source": string | null,"tenant_id": string,"type": Database["public"]['Enums']["contact_type"],"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"custom_values"?: NonNullable<Json>,"deleted_at"?: string | null,"deleted_by"?: string | null,"erased_at"?: string | null,"id"?: string,"job_title"?: string | null,"merged_into_id"?: string | null,"name"?: string | null,"organization_id"?: string | null,"sort_name"?: never,"source"?: string | null,"tenant_id"?: string,"type"?: Database["public"]['Enums']["contact_type"],"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"custom_values"?: NonNullable<Json>,"deleted_at"?: string | null,"deleted_by"?: string | null,"erased_at"?: string | null,"id"?: string,"job_title"?: string | null,"merged_into_id"?: string | null,"name"?: string | null,"organization_id"?: string | null,"sort_name"?: never,"source"?: string | null,"tenant_id"?: string,"type"?: Database["public"]['Enums']["contact_type"],"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "contacts_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_deleted_by_fkey"
      columns: ["deleted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_tenant_id_merged_into_id_fkey"
      columns: ["tenant_id","merged_into_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contacts_tenant_id_merged_into_id_fkey"
      columns: ["tenant_id","merged_into_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contacts_tenant_id_merged_into_id_fkey"
      columns: ["tenant_id","merged_into_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "contacts_tenant_id_organization_id_fkey"
      columns: ["tenant_id","organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"conversations": {
                  Row: {
                    "assigned_to": string | null,"contact_id": string | null,"created_at": string,"created_by": string | null,"id": string,"last_message_at": string,"last_message_body": string | null,"last_message_direction": Database["public"]['Enums']["message_direction"] | null,"last_message_id": string | null,"last_message_status": Database["public"]['Enums']["message_status"] | null,"opted_out": boolean,"phone_number_id": string,"status": Database["public"]['Enums']["conversation_status"],"tenant_id": string,"their_number": string,"unread_count": number,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "assigned_to"?: string | null,"contact_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"id"?: string,"last_message_at"?: string,"last_message_body"?: string | null,"last_message_direction"?: Database["public"]['Enums']["message_direction"] | null,"last_message_id"?: string | null,"last_message_status"?: Database["public"]['Enums']["message_status"] | null,"opted_out"?: boolean,"phone_number_id": string,"status"?: Database["public"]['Enums']["conversation_status"],"tenant_id": string,"their_number": string,"unread_count"?: number,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "assigned_to"?: string | null,"contact_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"id"?: string,"last_message_at"?: string,"last_message_body"?: string | null,"last_message_direction"?: Database["public"]['Enums']["message_direction"] | null,"last_message_id"?: string | null,"last_message_status"?: Database["public"]['Enums']["message_status"] | null,"opted_out"?: boolean,"phone_number_id"?: string,"status"?: Database["public"]['Enums']["conversation_status"],"tenant_id"?: string,"their_number"?: string,"unread_count"?: number,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "conversations_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "conversations_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "member_list"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "conversations_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "conversations_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "conversations_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "conversations_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "conversations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "conversations_tenant_id_phone_number_id_fkey"
      columns: ["tenant_id","phone_number_id"]
isOneToOne: false
      referencedRelation: "phone_numbers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"custom_fields": {
                  Row: {
                    "archived_at": string | null,"created_at": string,"created_by": string | null,"entity": Database["public"]['Enums']["custom_field_entity"],"id": string,"kind": Database["public"]['Enums']["custom_field_kind"],"label": string,"options": (string)[],"position": number,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "archived_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"entity"?: Database["public"]['Enums']["custom_field_entity"],"id"?: string,"kind": Database["public"]['Enums']["custom_field_kind"],"label": string,"options"?: (string)[],"position"?: number,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "archived_at"?: string | null,"created_at"?: string,"created_by"?: string | null,"entity"?: Database["public"]['Enums']["custom_field_entity"],"id"?: string,"kind"?: Database["public"]['Enums']["custom_field_kind"],"label"?: string,"options"?: (string)[],"position"?: number,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "custom_fields_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "custom_fields_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"disputes": {
                  Row: {
                    "amount_cents": number,"created_at": string,"created_by": string | null,"id": string,"payment_id": string,"reason": string | null,"status": Database["public"]['Enums']["dispute_status"],"stripe_dispute_id": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount_cents": number,"created_at"?: string,"created_by"?: string | null,"id"?: string,"payment_id": string,"reason"?: string | null,"status"?: Database["public"]['Enums']["dispute_status"],"stripe_dispute_id": string,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount_cents"?: number,"created_at"?: string,"created_by"?: string | null,"id"?: string,"payment_id"?: string,"reason"?: string | null,"status"?: Database["public"]['Enums']["dispute_status"],"stripe_dispute_id"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "disputes_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "disputes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "disputes_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payment_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "disputes_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"document_links": {
                  Row: {
                    "created_at": string,"created_by": string | null,"expires_at": string,"id": string,"invoice_id": string,"revoked_at": string | null,"tenant_id": string,"token_hash": string,"updated_at": string,"version": number,"view_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"expires_at"?: string,"id"?: string,"invoice_id": string,"revoked_at"?: string | null,"tenant_id": string,"token_hash": string,"updated_at"?: string,"version"?: number,"view_count"?: number
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"expires_at"?: string,"id"?: string,"invoice_id"?: string,"revoked_at"?: string | null,"tenant_id"?: string,"token_hash"?: string,"updated_at"?: string,"version"?: number,"view_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "document_links_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "document_links_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "document_links_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoice_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "document_links_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"erasures": {
                  Row: {
                    "certificate": NonNullable<Json>,"certificate_hash": string,"contact_id": string,"created_at": string,"created_by": string | null,"id": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "certificate": NonNullable<Json>,"certificate_hash": string,"contact_id": string,"created_at"?: string,"created_by"?: string | null,"id"?: string,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "certificate"?: NonNullable<Json>,"certificate_hash"?: string,"contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"id"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "erasures_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "erasures_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: true
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "erasures_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: true
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "erasures_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: true
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "erasures_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"import_rows": {
                  Row: {
                    "action": Database["public"]['Enums']["import_action"] | null,"applied_at": string | null,"cells": NonNullable<Json>,"changes": NonNullable<Json>,"contact_id": string | null,"contact_version": number | null,"content_hash": string | null,"created_at": string,"created_by": string | null,"errors": NonNullable<Json>,"fields": NonNullable<Json>,"id": string,"import_id": string,"left_behind": string | null,"matched_contact_id": string | null,"matched_on": (string)[],"matched_row": number | null,"number": number,"reason": string | null,"tenant_id": string,"undo": Json | null,"undone_at": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "action"?: Database["public"]['Enums']["import_action"] | null,"applied_at"?: string | null,"cells"?: NonNullable<Json>,"changes"?: NonNullable<Json>,"contact_id"?: string | null,"contact_version"?: number | null,"content_hash"?: string | null,"created_at"?: string,"created_by"?: string | null,"errors"?: NonNullable<Json>,"fields"?: NonNullable<Json>,"id"?: string,"import_id": string,"left_behind"?: string | null,"matched_contact_id"?: string | null,"matched_on"?: (string)[],"matched_row"?: number | null,"number": number,"reason"?: string | null,"tenant_id": string,"undo"?: Json | null,"undone_at"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "action"?: Database["public"]['Enums']["import_action"] | null,"applied_at"?: string | null,"cells"?: NonNullable<Json>,"changes"?: NonNullable<Json>,"contact_id"?: string | null,"contact_version"?: number | null,"content_hash"?: string | null,"created_at"?: string,"created_by"?: string | null,"errors"?: NonNullable<Json>,"fields"?: NonNullable<Json>,"id"?: string,"import_id"?: string,"left_behind"?: string | null,"matched_contact_id"?: string | null,"matched_on"?: (string)[],"matched_row"?: number | null,"number"?: number,"reason"?: string | null,"tenant_id"?: string,"undo"?: Json | null,"undone_at"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "import_rows_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "import_rows_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "import_rows_tenant_id_import_id_fkey"
      columns: ["tenant_id","import_id"]
isOneToOne: false
      referencedRelation: "import_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_import_id_fkey"
      columns: ["tenant_id","import_id"]
isOneToOne: false
      referencedRelation: "imports"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_matched_contact_id_fkey"
      columns: ["tenant_id","matched_contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_matched_contact_id_fkey"
      columns: ["tenant_id","matched_contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_matched_contact_id_fkey"
      columns: ["tenant_id","matched_contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"imports": {
                  Row: {
                    "check_number": number,"checked_count": number,"checked_through": number,"create_count": number,"created_at": string,"created_by": string | null,"delimiter": string,"done_count": number,"encoding": string,"error": string | null,"error_count": number,"file_hash": string,"finished_at": string | null,"headers": NonNullable<Json>,"id": string,"left_count": number,"mapping": NonNullable<Json>,"name": string,"options": NonNullable<Json>,"row_count": number,"skip_count": number,"started_at": string | null,"status": Database["public"]['Enums']["import_status"],"tenant_id": string,"undone_at": string | null,"undone_count": number,"update_count": number,"updated_at": string,"version": number,"warning_count": number
                  }
                  ComputedFields: never
                  Insert: {
                    "check_number"?: number,"checked_count"?: number,"checked_through"?: number,"create_count"?: number,"created_at"?: string,"created_by"?: string | null,"delimiter"?: string,"done_count"?: number,"encoding"?: string,"error"?: string | null,"error_count"?: number,"file_hash": string,"finished_at"?: string | null,"headers"?: NonNullable<Json>,"id"?: string,"left_count"?: number,"mapping"?: NonNullable<Json>,"name": string,"options"?: NonNullable<Json>,"row_count"?: number,"skip_count"?: number,"started_at"?: string | null,"status"?: Database["public"]['Enums']["import_status"],"tenant_id": string,"undone_at"?: string | null,"undone_count"?: number,"update_count"?: number,"updated_at"?: string,"version"?: number,"warning_count"?: number
                  }
                  Update: {
                    "check_number"?: number,"checked_count"?: number,"checked_through"?: number,"create_count"?: number,"created_at"?: string,"created_by"?: string | null,"delimiter"?: string,"done_count"?: number,"encoding"?: string,"error"?: string | null,"error_count"?: number,"file_hash"?: string,"finished_at"?: string | null,"headers"?: NonNullable<Json>,"id"?: string,"left_count"?: number,"mapping"?: NonNullable<Json>,"name"?: string,"options"?: NonNullable<Json>,"row_count"?: number,"skip_count"?: number,"started_at"?: string | null,"status"?: Database["public"]['Enums']["import_status"],"tenant_id"?: string,"undone_at"?: string | null,"undone_count"?: number,"update_count"?: number,"updated_at"?: string,"version"?: number,"warning_count"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "imports_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "imports_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"invitations": {
                  Row: {
                    "accepted_at": string | null,"accepted_by": string | null,"created_at": string,"created_by": string | null,"display_name": string,"email": string,"expires_at": string,"id": string,"revoked_at": string | null,"role": Database["public"]['Enums']["member_role"],"tenant_id": string,"token_hash": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"created_by"?: string | null,"display_name": string,"email": string,"expires_at": string,"id": string,"revoked_at"?: string | null,"role": Database["public"]['Enums']["member_role"],"tenant_id": string,"token_hash": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "accepted_at"?: string | null,"accepted_by"?: string | null,"created_at"?: string,"created_by"?: string | null,"display_name"?: string,"email"?: string,"expires_at"?: string,"id"?: string,"revoked_at"?: string | null,"role"?: Database["public"]['Enums']["member_role"],"tenant_id"?: string,"token_hash"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "invitations_accepted_by_fkey"
      columns: ["accepted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invitations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"invoice_items": {
                  Row: {
                    "amount_cents": number,"created_at": string,"created_by": string | null,"description": string,"id": string,"invoice_id": string,"position": number,"quantity": number,"tenant_id": string,"unit_price": number,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount_cents"?: never,"created_at"?: string,"created_by"?: string | null,"description": string,"id"?: string,"invoice_id": string,"position"?: number,"quantity"?: number,"tenant_id"?: string,"unit_price": number,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount_cents"?: never,"created_at"?: string,"created_by"?: string | null,"description"?: string,"id"?: string,"invoice_id"?: string,"position"?: number,"quantity"?: number,"tenant_id"?: string,"unit_price"?: number,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "invoice_items_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invoice_items_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invoice_items_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoice_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoice_items_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"invoices": {
                  Row: {
                    "allows_partial_payment": boolean,"contact_id": string,"created_at": string,"created_by": string | null,"currency": string,"deleted_at": string | null,"deleted_by": string | null,"due_on": string | null,"id": string,"issued_at": string | null,"issued_on": string | null,"memo": string | null,"number": number | null,"status": Database["public"]['Enums']["invoice_status"],"tenant_id": string,"total_cents": number,"updated_at": string,"version": number,"viewed_at": string | null,"voided_at": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "allows_partial_payment"?: boolean,"contact_id": string,"created_at"?: string,"created_by"?: string | null,"currency"?: string,"deleted_at"?: string | null,"deleted_by"?: string | null,"due_on"?: string | null,"id"?: string,"issued_at"?: string | null,"issued_on"?: string | null,"memo"?: string | null,"number"?: number | null,"status"?: Database["public"]['Enums']["invoice_status"],"tenant_id"?: string,"total_cents"?: number,"updated_at"?: string,"version"?: number,"viewed_at"?: string | null,"voided_at"?: string | null
                  }
                  Update: {
                    "allows_partial_payment"?: boolean,"contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"currency"?: string,"deleted_at"?: string | null,"deleted_by"?: string | null,"due_on"?: string | null,"id"?: string,"issued_at"?: string | null,"issued_on"?: string | null,"memo"?: string | null,"number"?: number | null,"status"?: Database["public"]['Enums']["invoice_status"],"tenant_id"?: string,"total_cents"?: number,"updated_at"?: string,"version"?: number,"viewed_at"?: string | null,"voided_at"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "invoices_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invoices_deleted_by_fkey"
      columns: ["deleted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "invoices_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoices_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoices_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"memberships": {
                  Row: {
                    "created_at": string,"created_by": string | null,"deactivated_at": string | null,"display_name": string,"id": string,"role": Database["public"]['Enums']["member_role"],"tenant_id": string,"updated_at": string,"user_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"deactivated_at"?: string | null,"display_name": string,"id"?: string,"role": Database["public"]['Enums']["member_role"],"tenant_id": string,"updated_at"?: string,"user_id": string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"deactivated_at"?: string | null,"display_name"?: string,"id"?: string,"role"?: Database["public"]['Enums']["member_role"],"tenant_id"?: string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "memberships_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "memberships_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "memberships_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"merges": {
                  Row: {
                    "created_at": string,"created_by": string | null,"fields": NonNullable<Json>,"id": string,"loser_id": string,"loser_name": string | null,"moved": NonNullable<Json>,"tenant_id": string,"undone_at": string | null,"undone_by": string | null,"updated_at": string,"version": number,"winner_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"fields"?: NonNullable<Json>,"id"?: string,"loser_id": string,"loser_name"?: string | null,"moved"?: NonNullable<Json>,"tenant_id": string,"undone_at"?: string | null,"undone_by"?: string | null,"updated_at"?: string,"version"?: number,"winner_id": string
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"fields"?: NonNullable<Json>,"id"?: string,"loser_id"?: string,"loser_name"?: string | null,"moved"?: NonNullable<Json>,"tenant_id"?: string,"undone_at"?: string | null,"undone_by"?: string | null,"updated_at"?: string,"version"?: number,"winner_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "merges_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "merges_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "merges_tenant_id_loser_id_fkey"
      columns: ["tenant_id","loser_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "merges_tenant_id_loser_id_fkey"
      columns: ["tenant_id","loser_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "merges_tenant_id_loser_id_fkey"
      columns: ["tenant_id","loser_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "merges_tenant_id_winner_id_fkey"
      columns: ["tenant_id","winner_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "merges_tenant_id_winner_id_fkey"
      columns: ["tenant_id","winner_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "merges_tenant_id_winner_id_fkey"
      columns: ["tenant_id","winner_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "merges_undone_by_fkey"
      columns: ["undone_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"notes": {
                  Row: {
                    "body": string,"contact_id": string,"created_at": string,"created_by": string | null,"deleted_at": string | null,"deleted_by": string | null,"id": string,"pinned": boolean,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "body": string,"contact_id": string,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"id"?: string,"pinned"?: boolean,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "body"?: string,"contact_id"?: string,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"id"?: string,"pinned"?: boolean,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "notes_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notes_deleted_by_fkey"
      columns: ["deleted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "notes_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "notes_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "notes_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "notes_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"organizations": {
                  Row: {
                    "created_at": string,"created_by": string | null,"deleted_at": string | null,"deleted_by": string | null,"id": string,"name": string,"notes": string | null,"phone": string | null,"tenant_id": string,"updated_at": string,"version": number,"website": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"id"?: string,"name": string,"notes"?: string | null,"phone"?: string | null,"tenant_id"?: string,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"id"?: string,"name"?: string,"notes"?: string | null,"phone"?: string | null,"tenant_id"?: string,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "organizations_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "organizations_deleted_by_fkey"
      columns: ["deleted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "organizations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"payment_allocations": {
                  Row: {
                    "amount_cents": number,"created_at": string,"created_by": string | null,"id": string,"invoice_id": string,"payment_id": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount_cents": number,"created_at"?: string,"created_by"?: string | null,"id"?: string,"invoice_id": string,"payment_id": string,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount_cents"?: number,"created_at"?: string,"created_by"?: string | null,"id"?: string,"invoice_id"?: string,"payment_id"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "payment_allocations_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payment_allocations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payment_allocations_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoice_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payment_allocations_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payment_allocations_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payment_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payment_allocations_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"payment_events": {
                  Row: {
                    "amount_cents": number | null,"created_at": string,"created_by": string | null,"detail": string | null,"id": string,"kind": Database["public"]['Enums']["payment_event_kind"],"new_status": string | null,"old_status": string | null,"payment_id": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount_cents"?: number | null,"created_at"?: string,"created_by"?: string | null,"detail"?: string | null,"id"?: string,"kind": Database["public"]['Enums']["payment_event_kind"],"new_status"?: string | null,"old_status"?: string | null,"payment_id": string,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount_cents"?: number | null,"created_at"?: string,"created_by"?: string | null,"detail"?: string | null,"id"?: string,"kind"?: Database["public"]['Enums']["payment_event_kind"],"new_status"?: string | null,"old_status"?: string | null,"payment_id"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "payment_events_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payment_events_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payment_events_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payment_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payment_events_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"payments": {
                  Row: {
                    "amount_cents": number,"charge_id": string | null,"checkout_session_id": string | null,"created_at": string,"created_by": string | null,"currency": string,"document_link_id": string | null,"failure_code": string | null,"failure_message": string | null,"fee_cents": number | null,"id": string,"invoice_id": string,"livemode": boolean,"method": Database["public"]['Enums']["payment_method"] | null,"payment_intent_id": string | null,"status": Database["public"]['Enums']["payment_status"],"succeeded_at": string | null,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount_cents": number,"charge_id"?: string | null,"checkout_session_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"currency": string,"document_link_id"?: string | null,"failure_code"?: string | null,"failure_message"?: string | null,"fee_cents"?: number | null,"id"?: string,"invoice_id": string,"livemode"?: boolean,"method"?: Database["public"]['Enums']["payment_method"] | null,"payment_intent_id"?: string | null,"status"?: Database["public"]['Enums']["payment_status"],"succeeded_at"?: string | null,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount_cents"?: number,"charge_id"?: string | null,"checkout_session_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"currency"?: string,"document_link_id"?: string | null,"failure_code"?: string | null,"failure_message"?: string | null,"fee_cents"?: number | null,"id"?: string,"invoice_id"?: string,"livemode"?: boolean,"method"?: Database["public"]['Enums']["payment_method"] | null,"payment_intent_id"?: string | null,"status"?: Database["public"]['Enums']["payment_status"],"succeeded_at"?: string | null,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "payments_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payments_tenant_id_document_link_id_fkey"
      columns: ["tenant_id","document_link_id"]
isOneToOne: false
      referencedRelation: "document_links"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payments_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoice_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"phone_numbers": {
                  Row: {
                    "created_at": string,"created_by": string | null,"e164": string,"id": string,"label": string | null,"provider_answers_keywords": boolean,"sending_segments_per_second": number,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"e164": string,"id"?: string,"label"?: string | null,"provider_answers_keywords"?: boolean,"sending_segments_per_second"?: number,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"e164"?: string,"id"?: string,"label"?: string | null,"provider_answers_keywords"?: boolean,"sending_segments_per_second"?: number,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "phone_numbers_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "phone_numbers_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"plans": {
                  Row: {
                    "currency": string,"id": string,"name": string,"position": number,"price_cents": number
                  }
                  ComputedFields: never
                  Insert: {
                    "currency"?: string,"id": string,"name": string,"position": number,"price_cents": number
                  }
                  Update: {
                    "currency"?: string,"id"?: string,"name"?: string,"position"?: number,"price_cents"?: number
                  }
                  Relationships: [
                    
                  ]
                },"properties": {
                  Row: {
                    "city": string | null,"contact_id": string | null,"country": string,"created_at": string,"created_by": string | null,"deleted_at": string | null,"deleted_by": string | null,"gate_code": string | null,"id": string,"label": string | null,"latitude": number | null,"line1": string | null,"line2": string | null,"longitude": number | null,"notes": string | null,"organization_id": string | null,"postal_code": string | null,"region": string | null,"tenant_id": string,"timezone": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "city"?: string | null,"contact_id"?: string | null,"country"?: string,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"gate_code"?: string | null,"id"?: string,"label"?: string | null,"latitude"?: number | null,"line1"?: string | null,"line2"?: string | null,"longitude"?: number | null,"notes"?: string | null,"organization_id"?: string | null,"postal_code"?: string | null,"region"?: string | null,"tenant_id"?: string,"timezone"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "city"?: string | null,"contact_id"?: string | null,"country"?: string,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"gate_code"?: string | null,"id"?: string,"label"?: string | null,"latitude"?: number | null,"line1"?: string | null,"line2"?: string | null,"longitude"?: number | null,"notes"?: string | null,"organization_id"?: string | null,"postal_code"?: string | null,"region"?: string | null,"tenant_id"?: string,"timezone"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "properties_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "properties_deleted_by_fkey"
      columns: ["deleted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "properties_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "properties_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "properties_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "properties_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "properties_tenant_id_organization_id_fkey"
      columns: ["tenant_id","organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"refunds": {
                  Row: {
                    "amount_cents": number,"created_at": string,"created_by": string | null,"failure_reason": string | null,"id": string,"payment_id": string,"reason": string | null,"status": Database["public"]['Enums']["refund_status"],"stripe_refund_id": string | null,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "amount_cents": number,"created_at"?: string,"created_by"?: string | null,"failure_reason"?: string | null,"id"?: string,"payment_id": string,"reason"?: string | null,"status"?: Database["public"]['Enums']["refund_status"],"stripe_refund_id"?: string | null,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "amount_cents"?: number,"created_at"?: string,"created_by"?: string | null,"failure_reason"?: string | null,"id"?: string,"payment_id"?: string,"reason"?: string | null,"status"?: Database["public"]['Enums']["refund_status"],"stripe_refund_id"?: string | null,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "refunds_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "refunds_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "refunds_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payment_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "refunds_tenant_id_payment_id_fkey"
      columns: ["tenant_id","payment_id"]
isOneToOne: false
      referencedRelation: "payments"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"saved_filters": {
                  Row: {
                    "created_at": string,"created_by": string | null,"filter": NonNullable<Json>,"id": string,"is_shared": boolean,"name": string,"place": string,"tenant_id": string,"updated_at": string,"user_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"created_by"?: string | null,"filter": NonNullable<Json>,"id"?: string,"is_shared"?: boolean,"name": string,"place": string,"tenant_id"?: string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"created_by"?: string | null,"filter"?: NonNullable<Json>,"id"?: string,"is_shared"?: boolean,"name"?: string,"place"?: string,"tenant_id"?: string,"updated_at"?: string,"user_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "saved_filters_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "saved_filters_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "saved_filters_tenant_id_user_id_fkey"
      columns: ["tenant_id","user_id"]
isOneToOne: false
      referencedRelation: "member_list"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "saved_filters_tenant_id_user_id_fkey"
      columns: ["tenant_id","user_id"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["tenant_id","user_id"]
    }
                  ]
                },"sms_messages": {
                  Row: {
                    "attempts": number,"body": string,"claimed_at": string | null,"claimed_by": string | null,"conversation_id": string,"created_at": string,"created_by": string | null,"delivered_at": string | null,"direction": Database["public"]['Enums']["message_direction"],"error_code": number | null,"from_number": string,"id": string,"media": NonNullable<Json>,"phone_number_id": string,"provider_sid": string | null,"purpose": Database["public"]['Enums']["consent_purpose"],"segment_count": number,"send_after": string,"sent_at": string | null,"status": Database["public"]['Enums']["message_status"],"status_reason": string | null,"tenant_id": string,"to_number": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"body": string,"claimed_at"?: string | null,"claimed_by"?: string | null,"conversation_id": string,"created_at"?: string,"created_by"?: string | null,"delivered_at"?: string | null,"direction"?: Database["public"]['Enums']["message_direction"],"error_code"?: number | null,"from_number": string,"id"?: string,"media"?: NonNullable<Json>,"phone_number_id": string,"provider_sid"?: string | null,"purpose"?: Database["public"]['Enums']["consent_purpose"],"segment_count"?: number,"send_after"?: string,"sent_at"?: string | null,"status"?: Database["public"]['Enums']["message_status"],"status_reason"?: string | null,"tenant_id"?: string,"to_number": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "attempts"?: number,"body"?: string,"claimed_at"?: string | null,"claimed_by"?: string | null,"conversation_id"?: string,"created_at"?: string,"created_by"?: string | null,"delivered_at"?: string | null,"direction"?: Database["public"]['Enums']["message_direction"],"error_code"?: number | null,"from_number"?: string,"id"?: string,"media"?: NonNullable<Json>,"phone_number_id"?: string,"provider_sid"?: string | null,"purpose"?: Database["public"]['Enums']["consent_purpose"],"segment_count"?: number,"send_after"?: string,"sent_at"?: string | null,"status"?: Database["public"]['Enums']["message_status"],"status_reason"?: string | null,"tenant_id"?: string,"to_number"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "sms_messages_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "sms_messages_tenant_id_conversation_id_fkey"
      columns: ["tenant_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversation_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "sms_messages_tenant_id_conversation_id_fkey"
      columns: ["tenant_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "sms_messages_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "sms_messages_tenant_id_phone_number_id_fkey"
      columns: ["tenant_id","phone_number_id"]
isOneToOne: false
      referencedRelation: "phone_numbers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"stripe_accounts": {
                  Row: {
                    "charges_enabled": boolean,"created_at": string,"created_by": string | null,"currently_due": (string)[],"deauthorized_at": string | null,"details_submitted": boolean,"disabled_reason": string | null,"id": string,"livemode": boolean,"payouts_enabled": boolean,"stripe_account_id": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "charges_enabled"?: boolean,"created_at"?: string,"created_by"?: string | null,"currently_due"?: (string)[],"deauthorized_at"?: string | null,"details_submitted"?: boolean,"disabled_reason"?: string | null,"id"?: string,"livemode": boolean,"payouts_enabled"?: boolean,"stripe_account_id": string,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "charges_enabled"?: boolean,"created_at"?: string,"created_by"?: string | null,"currently_due"?: (string)[],"deauthorized_at"?: string | null,"details_submitted"?: boolean,"disabled_reason"?: string | null,"id"?: string,"livemode"?: boolean,"payouts_enabled"?: boolean,"stripe_account_id"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "stripe_accounts_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "stripe_accounts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: true
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"subscriptions": {
                  Row: {
                    "cancels_at_period_end": boolean,"created_at": string,"created_by": string | null,"current_period_ends_at": string | null,"id": string,"plan_id": string | null,"status": Database["public"]['Enums']["subscription_status"],"stripe_customer_id": string | null,"stripe_subscription_id": string | null,"tenant_id": string,"trial_ends_at": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "cancels_at_period_end"?: boolean,"created_at"?: string,"created_by"?: string | null,"current_period_ends_at"?: string | null,"id"?: string,"plan_id"?: string | null,"status"?: Database["public"]['Enums']["subscription_status"],"stripe_customer_id"?: string | null,"stripe_subscription_id"?: string | null,"tenant_id": string,"trial_ends_at"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "cancels_at_period_end"?: boolean,"created_at"?: string,"created_by"?: string | null,"current_period_ends_at"?: string | null,"id"?: string,"plan_id"?: string | null,"status"?: Database["public"]['Enums']["subscription_status"],"stripe_customer_id"?: string | null,"stripe_subscription_id"?: string | null,"tenant_id"?: string,"trial_ends_at"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "subscriptions_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "subscriptions_plan_id_fkey"
      columns: ["plan_id"]
isOneToOne: false
      referencedRelation: "plans"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "subscriptions_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: true
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"tags": {
                  Row: {
                    "color": Database["public"]['Enums']["tag_color"],"created_at": string,"created_by": string | null,"id": string,"name": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "color"?: Database["public"]['Enums']["tag_color"],"created_at"?: string,"created_by"?: string | null,"id"?: string,"name": string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "color"?: Database["public"]['Enums']["tag_color"],"created_at"?: string,"created_by"?: string | null,"id"?: string,"name"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "tags_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tags_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"tasks": {
                  Row: {
                    "assigned_to": string | null,"body": string | null,"completed_at": string | null,"completed_by": string | null,"contact_id": string | null,"created_at": string,"created_by": string | null,"deleted_at": string | null,"deleted_by": string | null,"due_on": string | null,"id": string,"kind": Database["public"]['Enums']["task_kind"],"tenant_id": string,"title": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "assigned_to"?: string | null,"body"?: string | null,"completed_at"?: string | null,"completed_by"?: string | null,"contact_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"due_on"?: string | null,"id"?: string,"kind"?: Database["public"]['Enums']["task_kind"],"tenant_id"?: string,"title": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "assigned_to"?: string | null,"body"?: string | null,"completed_at"?: string | null,"completed_by"?: string | null,"contact_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"deleted_at"?: string | null,"deleted_by"?: string | null,"due_on"?: string | null,"id"?: string,"kind"?: Database["public"]['Enums']["task_kind"],"tenant_id"?: string,"title"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "tasks_completed_by_fkey"
      columns: ["completed_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tasks_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tasks_deleted_by_fkey"
      columns: ["deleted_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tasks_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "member_list"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "tasks_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "tasks_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "tasks_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "tasks_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "tasks_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"tenants": {
                  Row: {
                    "access_epoch": number,"address": NonNullable<Json>,"business_hours": NonNullable<Json>,"country": string,"created_at": string,"created_by": string | null,"currency": string,"email": string | null,"id": string,"locale": string,"name": string,"phone": string | null,"requires_second_factor": boolean,"timezone": string,"updated_at": string,"version": number,"website": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "access_epoch"?: number,"address"?: NonNullable<Json>,"business_hours"?: NonNullable<Json>,"country"?: string,"created_at"?: string,"created_by"?: string | null,"currency"?: string,"email"?: string | null,"id"?: string,"locale"?: string,"name": string,"phone"?: string | null,"requires_second_factor"?: boolean,"timezone"?: string,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Update: {
                    "access_epoch"?: number,"address"?: NonNullable<Json>,"business_hours"?: NonNullable<Json>,"country"?: string,"created_at"?: string,"created_by"?: string | null,"currency"?: string,"email"?: string | null,"id"?: string,"locale"?: string,"name"?: string,"phone"?: string | null,"requires_second_factor"?: boolean,"timezone"?: string,"updated_at"?: string,"version"?: number,"website"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "tenants_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"timeline_entries": {
                  Row: {
                    "area": Database["public"]['Enums']["access_area"],"at": string,"body": string | null,"contact_id": string | null,"conversation_id": string | null,"created_at": string,"created_by": string | null,"details": Json | null,"id": string,"kind": Database["public"]['Enums']["timeline_kind"],"subject_id": string,"tenant_id": string,"title": string | null,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "area": Database["public"]['Enums']["access_area"],"at": string,"body"?: string | null,"contact_id"?: string | null,"conversation_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"details"?: Json | null,"id"?: string,"kind": Database["public"]['Enums']["timeline_kind"],"subject_id": string,"tenant_id": string,"title"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "area"?: Database["public"]['Enums']["access_area"],"at"?: string,"body"?: string | null,"contact_id"?: string | null,"conversation_id"?: string | null,"created_at"?: string,"created_by"?: string | null,"details"?: Json | null,"id"?: string,"kind"?: Database["public"]['Enums']["timeline_kind"],"subject_id"?: string,"tenant_id"?: string,"title"?: string | null,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "timeline_entries_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_conversation_id_fkey"
      columns: ["tenant_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversation_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_conversation_id_fkey"
      columns: ["tenant_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"twilio_settings": {
                  Row: {
                    "account_sid_encrypted": string,"account_sid_last4": string,"auth_token_encrypted": string,"auth_token_last4": string,"created_at": string,"created_by": string | null,"encryption_key_id": string,"id": string,"next_auth_token_encrypted": string | null,"tenant_id": string,"updated_at": string,"verified_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "account_sid_encrypted": string,"account_sid_last4": string,"auth_token_encrypted": string,"auth_token_last4": string,"created_at"?: string,"created_by"?: string | null,"encryption_key_id": string,"id"?: string,"next_auth_token_encrypted"?: string | null,"tenant_id": string,"updated_at"?: string,"verified_at": string,"version"?: number
                  }
                  Update: {
                    "account_sid_encrypted"?: string,"account_sid_last4"?: string,"auth_token_encrypted"?: string,"auth_token_last4"?: string,"created_at"?: string,"created_by"?: string | null,"encryption_key_id"?: string,"id"?: string,"next_auth_token_encrypted"?: string | null,"tenant_id"?: string,"updated_at"?: string,"verified_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "twilio_settings_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "twilio_settings_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: true
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"user_profiles": {
                  Row: {
                    "created_at": string,"id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "created_at"?: string,"id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "created_at"?: string,"id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    
                  ]
                },"webhook_events": {
                  Row: {
                    "attempts": number,"content_type": string | null,"created_at": string,"created_by": string | null,"error": string | null,"event_key": string,"fields": NonNullable<Json>,"id": string,"idempotency_token": string | null,"kind": Database["public"]['Enums']["event_kind"],"next_attempt_at": string | null,"processed_at": string | null,"provider": Database["public"]['Enums']["event_provider"],"raw": string,"tenant_id": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "attempts"?: number,"content_type"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: string | null,"event_key": string,"fields": NonNullable<Json>,"id"?: string,"idempotency_token"?: string | null,"kind": Database["public"]['Enums']["event_kind"],"next_attempt_at"?: string | null,"processed_at"?: string | null,"provider": Database["public"]['Enums']["event_provider"],"raw": string,"tenant_id": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "attempts"?: number,"content_type"?: string | null,"created_at"?: string,"created_by"?: string | null,"error"?: string | null,"event_key"?: string,"fields"?: NonNullable<Json>,"id"?: string,"idempotency_token"?: string | null,"kind"?: Database["public"]['Enums']["event_kind"],"next_attempt_at"?: string | null,"processed_at"?: string | null,"provider"?: Database["public"]['Enums']["event_provider"],"raw"?: string,"tenant_id"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "webhook_events_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "webhook_events_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "audit_list": {
                  Row: {
                    "action": Database["public"]['Enums']["audit_action"],"actor_id": string | null,"actor_kind": Database["public"]['Enums']["audit_actor"],"actor_name": string | null,"at": string,"id": string,"line": number,"new_values": Json | null,"old_values": Json | null,"request_id": string | null,"row_id": string,"subject": string | null,"table_name": string,"tenant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "audit_log_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"contact_cards": {
                  Row: {
                    "city": string | null,"created_at": string,"created_by": string | null,"created_by_name": string | null,"custom_values": NonNullable<Json>,"emails": Json | null,"id": string,"job_title": string | null,"last_activity_at": string | null,"name": string | null,"open_task_count": number | null,"organization_id": string | null,"organization_name": string | null,"phones": Json | null,"primary_email": string | null,"primary_phone": string | null,"properties": Json | null,"sort_name": string,"source": string | null,"tag_ids": (string)[] | null,"tags": Json | null,"tenant_id": string,"type": Database["public"]['Enums']["contact_type"],"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "contacts_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_tenant_id_organization_id_fkey"
      columns: ["tenant_id","organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"contact_list": {
                  Row: {
                    "city": string | null,"created_at": string,"id": string,"job_title": string | null,"last_activity_at": string | null,"name": string | null,"organization_id": string | null,"organization_name": string | null,"primary_email": string | null,"primary_phone": string | null,"sort_name": string,"source": string | null,"tag_ids": (string)[] | null,"tenant_id": string,"type": Database["public"]['Enums']["contact_type"],"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "contacts_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "contacts_tenant_id_organization_id_fkey"
      columns: ["tenant_id","organization_id"]
isOneToOne: false
      referencedRelation: "organizations"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"conversation_list": {
                  Row: {
                    "assigned_to": string | null,"contact_id": string | null,"contact_name": string | null,"contact_type": Database["public"]['Enums']["contact_type"] | null,"created_at": string,"id": string,"last_message_at": string,"last_message_body": string | null,"last_message_direction": Database["public"]['Enums']["message_direction"] | null,"last_message_status": Database["public"]['Enums']["message_status"] | null,"opted_out": boolean,"our_number": string,"our_number_label": string | null,"phone_number_id": string,"status": Database["public"]['Enums']["conversation_status"],"tenant_id": string,"their_number": string,"unread_count": number,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "conversations_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "member_list"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "conversations_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "conversations_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "conversations_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "conversations_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "conversations_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "conversations_tenant_id_phone_number_id_fkey"
      columns: ["tenant_id","phone_number_id"]
isOneToOne: false
      referencedRelation: "phone_numbers"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"failed_events": {
                  Row: {
                    "attempts": number,"body": string | null,"error": string | null,"from_number": string | null,"id": string,"kind": Database["public"]['Enums']["event_kind"],"provider": Database["public"]['Enums']["event_provider"],"received_at": string,"tenant_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                           "attempts"?: number | null,"body"?: never,"error"?: string | null,"from_number"?: never,"id"?: string | null,"kind"?: Database["public"]['Enums']["event_kind"] | null,"provider"?: Database["public"]['Enums']["event_provider"] | null,"received_at"?: string | null,"tenant_id"?: string | null,"version"?: number | null
                         }
                        Update: {
                           "attempts"?: number | null,"body"?: never,"error"?: string | null,"from_number"?: never,"id"?: string | null,"kind"?: Database["public"]['Enums']["event_kind"] | null,"provider"?: Database["public"]['Enums']["event_provider"] | null,"received_at"?: string | null,"tenant_id"?: string | null,"version"?: number | null
                         }
                        Relationships: [
                    {
      foreignKeyName: "webhook_events_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"import_list": {
                  Row: {
                    "checked_count": number,"create_count": number,"created_at": string,"created_by": string | null,"created_by_name": string | null,"delimiter": string,"done_count": number,"encoding": string,"error": string | null,"error_count": number,"finished_at": string | null,"headers": NonNullable<Json>,"id": string,"left_count": number,"mapping": NonNullable<Json>,"name": string,"options": NonNullable<Json>,"row_count": number,"skip_count": number,"started_at": string | null,"status": Database["public"]['Enums']["import_status"],"tenant_id": string,"undone_at": string | null,"undone_count": number,"update_count": number,"updated_at": string,"version": number,"warning_count": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "imports_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "imports_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"import_row_list": {
                  Row: {
                    "action": Database["public"]['Enums']["import_action"] | null,"applied_at": string | null,"cells": NonNullable<Json>,"changes": Json | null,"contact_id": string | null,"errors": Json | null,"id": string,"import_id": string,"left_behind": string | null,"matched_contact_id": string | null,"matched_name": string | null,"matched_on": (string)[] | null,"matched_row": number | null,"number": number,"reason": string | null,"tenant_id": string,"undone_at": string | null,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "import_rows_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "import_rows_tenant_id_import_id_fkey"
      columns: ["tenant_id","import_id"]
isOneToOne: false
      referencedRelation: "import_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "import_rows_tenant_id_import_id_fkey"
      columns: ["tenant_id","import_id"]
isOneToOne: false
      referencedRelation: "imports"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"invoice_list": {
                  Row: {
                    "allows_partial_payment": boolean,"balance_cents": number | null,"contact_id": string,"contact_name": string | null,"contact_number": string | null,"created_at": string,"credit_cents": number | null,"currency": string,"due_on": string | null,"id": string,"is_disputed": boolean | null,"is_overdue": boolean | null,"is_processing": boolean | null,"issued_on": string | null,"memo": string | null,"number": number | null,"paid_cents": number | null,"state": string | null,"status": Database["public"]['Enums']["invoice_status"],"tenant_id": string,"total_cents": number,"version": number,"viewed_at": string | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "invoices_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoices_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoices_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "invoices_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"member_list": {
                  Row: {
                    "created_at": string,"deactivated_at": string | null,"display_name": string,"email": string | null,"id": string,"last_seen_at": string | null,"role": Database["public"]['Enums']["member_role"],"tenant_id": string,"user_id": string,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "memberships_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "memberships_user_id_fkey"
      columns: ["user_id"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    }
                  ]
                },"payment_list": {
                  Row: {
                    "amount_cents": number,"created_at": string,"currency": string,"dispute_status": Database["public"]['Enums']["dispute_status"] | null,"failure_code": string | null,"failure_message": string | null,"id": string,"invoice_id": string,"method": Database["public"]['Enums']["payment_method"] | null,"refundable_cents": number | null,"refunded_cents": number | null,"status": Database["public"]['Enums']["payment_status"],"succeeded_at": string | null,"tenant_id": string,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "payments_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "payments_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoice_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "payments_tenant_id_invoice_id_fkey"
      columns: ["tenant_id","invoice_id"]
isOneToOne: false
      referencedRelation: "invoices"
      referencedColumns: ["tenant_id","id"]
    }
                  ]
                },"task_list": {
                  Row: {
                    "assigned_to": string | null,"assignee_name": string | null,"body": string | null,"completed_at": string | null,"completed_by": string | null,"contact_id": string | null,"contact_name": string | null,"created_at": string,"created_by": string | null,"due_on": string | null,"id": string,"is_overdue": boolean | null,"kind": Database["public"]['Enums']["task_kind"],"tenant_id": string,"title": string,"version": number
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "tasks_completed_by_fkey"
      columns: ["completed_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tasks_created_by_fkey"
      columns: ["created_by"]
isOneToOne: false
      referencedRelation: "user_profiles"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "tasks_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "member_list"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "tasks_tenant_id_assigned_to_fkey"
      columns: ["tenant_id","assigned_to"]
isOneToOne: false
      referencedRelation: "memberships"
      referencedColumns: ["tenant_id","user_id"]
    },{
      foreignKeyName: "tasks_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "tasks_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "tasks_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "tasks_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                },"thread_entries": {
                  Row: {
                    "amount_cents": number | null,"at": string,"author_name": string | null,"body": string | null,"consent_status": Database["public"]['Enums']["consent_status"] | null,"contact_id": string | null,"contact_name": string | null,"conversation_id": string | null,"created_by": string | null,"currency": string | null,"details": Json | null,"direction": Database["public"]['Enums']["message_direction"] | null,"error_code": number | null,"id": string,"invoice_id": string | null,"invoice_number": number | null,"kind": Database["public"]['Enums']["timeline_kind"],"media": Json | null,"money_status": string | null,"segment_count": number | null,"status": Database["public"]['Enums']["message_status"] | null,"status_reason": string | null,"subject_id": string,"tenant_id": string,"title": string | null,"version": number | null
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "timeline_entries_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_cards"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contact_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_contact_id_fkey"
      columns: ["tenant_id","contact_id"]
isOneToOne: false
      referencedRelation: "contacts"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_conversation_id_fkey"
      columns: ["tenant_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversation_list"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_conversation_id_fkey"
      columns: ["tenant_id","conversation_id"]
isOneToOne: false
      referencedRelation: "conversations"
      referencedColumns: ["tenant_id","id"]
    },{
      foreignKeyName: "timeline_entries_tenant_id_fkey"
      columns: ["tenant_id"]
isOneToOne: false
      referencedRelation: "tenants"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Functions: {
            "accept_invitation":
{ Args: { "p_token": string }; Returns: string
                           },
"cancel_import":
{ Args: { "p_import": string }; Returns: undefined
                           },
"change_company":
{ Args: { "p_profile": Json,"p_version": number }; Returns: number
                           },
"change_member_role":
{ Args: { "p_role": Database["public"]['Enums']["member_role"],"p_user": string }; Returns: undefined
                           },
"check_import":
{ Args: { "p_import": string,"p_mapping": Json,"p_options"?: Json }; Returns: undefined
                           },
"choose_tenant":
{ Args: { "p_tenant": string }; Returns: undefined
                           },
"complete_task":
{ Args: { "p_done": boolean,"p_task": string }; Returns: undefined
                           },
"create_invoice_link":
{ Args: { "p_invoice": string }; Returns: string
                           },
"create_tenant":
{ Args: { "p_country"?: string,"p_display_name": string,"p_id": string,"p_name": string,"p_timezone": string }; Returns: string
                           },
"deactivate_member":
{ Args: { "p_user": string }; Returns: undefined
                           },
"delete_invoice":
{ Args: { "p_invoice": string }; Returns: undefined
                           },
"delete_record":
{ Args: { "p_id": string,"p_kind": Database["public"]['Enums']["record_kind"] }; Returns: undefined
                           },
"deleted_records":
{ Args: { "p_after"?: Json,"p_limit"?: number }; Returns: {
              "deleted_at": string,"deleted_by_name": string,"id": string,"key": string,"kind": Database["public"]['Enums']["record_kind"],"purge_on": string,"title": string
            }[]
                           },
"duplicate_pairs":
{ Args: { "p_limit"?: number }; Returns: {
              "first_id": string,"matched_on": (string)[],"names": (string)[],"second_id": string
            }[]
                           },
"end_sessions":
{ Args: { "p_scope": string,"p_session"?: string }; Returns: number
                           },
"find_duplicates":
{ Args: { "p_emails": (string)[],"p_except"?: string,"p_name": string,"p_phones": (string)[] }; Returns: {
              "id": string,"matched_on": (string)[],"name": string,"primary_email": string,"primary_phone": string,"score": number,"type": Database["public"]['Enums']["contact_type"]
            }[]
                           },
"get_contact":
{ Args: { "p_contact": string }; Returns: {
              "city": string | null,
"created_at": string,
"created_by": string | null,
"created_by_name": string | null,
"custom_values": NonNullable<Json>,
"emails": Json | null,
"id": string,
"job_title": string | null,
"last_activity_at": string | null,
"name": string | null,
"open_task_count": number | null,
"organization_id": string | null,
"organization_name": string | null,
"phones": Json | null,
"primary_email": string | null,
"primary_phone": string | null,
"properties": Json | null,
"sort_name": string,
"source": string | null,
"tag_ids": (string)[] | null,
"tags": Json | null,
"tenant_id": string,
"type": Database["public"]['Enums']["contact_type"],
"updated_at": string,
"version": number
            }[]
                          SetofOptions: {
        from: "*"
        to: "contact_cards"
        isOneToOne: false
        isSetofReturn: true
      } },
"hand_over_ownership":
{ Args: { "p_user": string }; Returns: undefined
                           },
"issue_invoice":
{ Args: { "p_invoice": string }; Returns: number
                           },
"keep_apart":
{ Args: { "p_first": string,"p_second": string }; Returns: undefined
                           },
"leave_tenant":
{ Args: Record<PropertyKey, never>; Returns: undefined
                           },
"list_contacts":
{ Args: { "p_after"?: Json,"p_filter"?: Json,"p_limit"?: number,"p_query"?: string,"p_sort"?: string }; Returns: {
              "city": string,"created_at": string,"id": string,"job_title": string,"key": string,"last_activity_at": string,"name": string,"organization_id": string,"organization_name": string,"primary_email": string,"primary_phone": string,"sort_name": string,"source": string,"tag_ids": (string)[],"tenant_id": string,"type": Database["public"]['Enums']["contact_type"],"updated_at": string,"version": number
            }[]
                           },
"mark_conversation_read":
{ Args: { "p_conversation": string }; Returns: undefined
                           },
"mark_conversation_unread":
{ Args: { "p_conversation": string }; Returns: undefined
                           },
"may_message":
{ Args: { "p_address": string,"p_channel": Database["public"]['Enums']["consent_channel"],"p_purpose": Database["public"]['Enums']["consent_purpose"] }; Returns: {
              "allowed": boolean,"code": string,"words": string
            }[]
                           },
"merge_contacts":
{ Args: { "p_fields"?: Json,"p_loser": string,"p_winner": string }; Returns: string
                           },
"my_companies":
{ Args: Record<PropertyKey, never>; Returns: {
              "deactivated": boolean,"is_current": boolean,"name": string,"needs_second_factor": boolean,"role": Database["public"]['Enums']["member_role"],"tenant_id": string
            }[]
                           },
"my_devices":
{ Args: Record<PropertyKey, never>; Returns: {
              "aal": string,"created_at": string,"id": string,"ip": string,"is_current": boolean,"last_seen_at": string,"user_agent": string
            }[]
                           },
"my_session":
{ Args: Record<PropertyKey, never>; Returns: {
              "aal": string,"areas": (string)[],"country": string,"currency": string,"display_name": string,"email": string,"epoch": number,"has_second_factor": boolean,"locale": string,"permissions": (string)[],"role": Database["public"]['Enums']["member_role"],"tenant_id": string,"tenant_name": string,"timezone": string,"topics": (string)[],"user_id": string
            }[]
                           },
"record_consent":
{ Args: { "p_address": string,"p_channel": Database["public"]['Enums']["consent_channel"],"p_note"?: string,"p_purpose": Database["public"]['Enums']["consent_purpose"],"p_status": Database["public"]['Enums']["consent_status"],"p_text_version"?: string }; Returns: undefined
                           },
"rename_member":
{ Args: { "p_display_name": string,"p_user": string }; Returns: undefined
                           },
"require_second_factor":
{ Args: { "p_required": boolean }; Returns: undefined
                           },
"resolve_contact":
{ Args: { "p_id": string }; Returns: string
                           },
"restore_record":
{ Args: { "p_id": string,"p_kind": Database["public"]['Enums']["record_kind"] }; Returns: undefined
                           },
"revoke_invitation":
{ Args: { "p_invitation": string }; Returns: undefined
                           },
"revoke_invoice_links":
{ Args: { "p_invoice": string }; Returns: undefined
                           },
"save_contact":
{ Args: { "p_contact": Json }; Returns: string
                           },
"start_import":
{ Args: { "p_import": string }; Returns: undefined
                           },
"undo_import":
{ Args: { "p_import": string }; Returns: undefined
                           },
"undo_merge":
{ Args: { "p_merge": string }; Returns: undefined
                           },
"void_invoice":
{ Args: { "p_invoice": string }; Returns: undefined
                           }
          }
          Enums: {
            "access_area": "inbox"|"schedule"|"money"|"settings","audit_action": "insert"|"update"|"delete","audit_actor": "person"|"service"|"job"|"operator","consent_channel": "sms"|"voice"|"email"|"whatsapp","consent_purpose": "transactional"|"marketing"|"recording","consent_source": "keyword"|"provider"|"person"|"form"|"import"|"merge"|"undo"|"erasure","consent_status": "granted"|"revoked","contact_type": "lead"|"customer"|"vendor"|"partner","conversation_status": "open"|"pending"|"resolved"|"closed"|"archived"|"snoozed","custom_field_entity": "contact","custom_field_kind": "text"|"number"|"date"|"boolean"|"choice","dispute_status": "open"|"won"|"lost","event_kind": "sms"|"status"|"unusable"|"payment"|"decline"|"refund"|"dispute"|"account"|"account_removed"|"subscription","event_provider": "twilio"|"stripe","import_action": "create"|"update"|"skip"|"error","import_status": "uploading"|"uploaded"|"checking"|"checked"|"running"|"done"|"canceled"|"failed"|"undoing"|"undone","invoice_status": "draft"|"issued"|"void"|"written_off","line_type": "mobile"|"landline"|"voip"|"toll_free"|"unknown","member_role": "owner"|"manager"|"dispatcher"|"estimator"|"tech"|"bookkeeper","message_direction": "inbound"|"outbound","message_status": "draft"|"scheduled"|"queued"|"sending"|"unknown"|"sent"|"undelivered"|"failed"|"delivered"|"canceled"|"blocked"|"received","payment_event_kind": "status"|"declined"|"refund"|"dispute","payment_method": "cash"|"check"|"credit_card"|"debit_card"|"ach"|"wire"|"other","payment_status": "pending"|"processing"|"failed"|"canceled"|"succeeded","phone_type": "mobile"|"home"|"work"|"other","record_kind": "contact"|"organization"|"property"|"note"|"task"|"attachment","refund_status": "pending"|"succeeded"|"canceled"|"failed","subscription_status": "trialing"|"active"|"past_due"|"unpaid"|"incomplete"|"canceled","tag_color": "gray"|"red"|"orange"|"yellow"|"green"|"teal"|"blue"|"purple","task_kind": "todo"|"call_back","timeline_kind": "sms"|"consent"|"payment"|"refund"|"dispute"|"note"|"task"|"attachment"|"merge"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            "access_area": ["inbox", "schedule", "money", "settings"],"audit_action": ["insert", "update", "delete"],"audit_actor": ["person", "service", "job", "operator"],"consent_channel": ["sms", "voice", "email", "whatsapp"],"consent_purpose": ["transactional", "marketing", "recording"],"consent_source": ["keyword", "provider", "person", "form", "import", "merge", "undo", "erasure"],"consent_status": ["granted", "revoked"],"contact_type": ["lead", "customer", "vendor", "partner"],"conversation_status": ["open", "pending", "resolved", "closed", "archived", "snoozed"],"custom_field_entity": ["contact"],"custom_field_kind": ["text", "number", "date", "boolean", "choice"],"dispute_status": ["open", "won", "lost"],"event_kind": ["sms", "status", "unusable", "payment", "decline", "refund", "dispute", "account", "account_removed", "subscription"],"event_provider": ["twilio", "stripe"],"import_action": ["create", "update", "skip", "error"],"import_status": ["uploading", "uploaded", "checking", "checked", "running", "done", "canceled", "failed", "undoing", "undone"],"invoice_status": ["draft", "issued", "void", "written_off"],"line_type": ["mobile", "landline", "voip", "toll_free", "unknown"],"member_role": ["owner", "manager", "dispatcher", "estimator", "tech", "bookkeeper"],"message_direction": ["inbound", "outbound"],"message_status": ["draft", "scheduled", "queued", "sending", "unknown", "sent", "undelivered", "failed", "delivered", "canceled", "blocked", "received"],"payment_event_kind": ["status", "declined", "refund", "dispute"],"payment_method": ["cash", "check", "credit_card", "debit_card", "ach", "wire", "other"],"payment_status": ["pending", "processing", "failed", "canceled", "succeeded"],"phone_type": ["mobile", "home", "work", "other"],"record_kind": ["contact", "organization", "property", "note", "task", "attachment"],"refund_status": ["pending", "succeeded", "canceled", "failed"],"subscription_status": ["trialing", "active", "past_due", "unpaid", "incomplete", "canceled"],"tag_color": ["gray", "red", "orange", "yellow", "green", "teal", "blue", "purple"],"task_kind": ["todo", "call_back"],"timeline_kind": ["sms", "consent", "payment", "refund", "dispute", "note", "task", "attachment", "merge"]
          }
        }
} as const
